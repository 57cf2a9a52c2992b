/** The parts of `webidl2` that these tests use; the package brings no types. */
declare module "webidl2" {
  /** A type; `generic` is the name in front of the angle brackets. */
  export interface IdlType {
    readonly generic: string;
  }
  export interface Argument {
    readonly name: string;
    readonly optional: boolean;
  }
  export interface AttributeMember {
    readonly type: "attribute";
    readonly name: string;
    readonly readonly: boolean;
  }
  export interface OperationMember {
    readonly type: "operation";
    readonly name: string;
    readonly idlType: IdlType;
    readonly arguments: readonly Argument[];
  }
  export interface ConstructorMember {
    readonly type: "constructor";
  }
  export interface Interface {
    readonly type: "interface";
    readonly name: string;
    readonly partial: boolean;
    readonly inheritance: string | null;
    readonly members: readonly (AttributeMember | OperationMember | ConstructorMember)[];
  }
  export interface Dictionary {
    readonly type: "dictionary";
    readonly name: string;
    readonly inheritance: string | null;
    readonly members: readonly { readonly name: string }[];
  }
  export interface OtherDefinition {
    readonly type: "enum" | "typedef" | "callback";
    readonly name: string;
  }
  export function parse(text: string): (Interface | Dictionary | OtherDefinition)[];
}
