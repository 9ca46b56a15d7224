/** The digits of a member's key: thirty in six groups; spoken digit by digit, the same in every language. */
export function Digits({ digits }: { readonly digits: string }) {
  return (
    <p class="digits" dir="ltr" data-part="member-digits">
      {digits.split(" ").map((group, at) => (
        <span key={at}>{group} </span>
      ))}
    </p>
  );
}
