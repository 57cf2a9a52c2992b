/** The part of `webidl2` (it brings no types) that these tests read. */
declare module "webidl2" {
  interface Argument {
    readonly optional: boolean;
  }
  interface IdlType {
    readonly generic: string;
  }
  /** An attribute, operation, constructor or dictionary member. */
  export interface Member {
    readonly type: string;
    readonly name?: string;
    readonly readonly?: boolean;
    readonly idlType?: IdlType;
    readonly arguments?: readonly Argument[];
  }
  /** An interface, dictionary, enum, typedef or callback. */
  export interface Definition {
    readonly type: string;
    readonly name: string;
    readonly partial: boolean;
    readonly inheritance: string | null;
    readonly members: readonly Member[];
  }
  export function parse(text: string): Definition[];
}
