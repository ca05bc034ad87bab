export { NothingHere as Page } from "../components/nothing-here";
