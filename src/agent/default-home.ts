// Where the vault lies where nobody said otherwise: for the command line, which loads nothing else of the agent to say its help.
export { defaultHome } from '../node/home-folder.ts';
