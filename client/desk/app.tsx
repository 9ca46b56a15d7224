import parts from "virtual:parts";
import { render } from "preact";

render(<h1>{Object.keys(parts).length}</h1>, document.body);
