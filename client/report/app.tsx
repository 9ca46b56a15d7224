import language from "virtual:language";
import { render } from "preact";

render(<h1>{language.lang}</h1>, document.body);
