namespace Telemetry.Handler.Tokens.Splitting;

/// <summary>What the patterns of the vocabularies ask of a character.</summary>
[Flags]
internal enum CharacterClasses : byte
{
    /// <summary>None of the others: punctuation, symbols, controls, and bytes that are no UTF-8.</summary>
    None = 0,

    /// <summary>A letter (<c>\p{L}</c>).</summary>
    Letter = 1,

    /// <summary>A number (<c>\p{N}</c>).</summary>
    Number = 2,

    /// <summary>White space (<c>\s</c>, the Unicode property White_Space).</summary>
    Space = 4,

    /// <summary>What may stand in the upper part of a word: <c>[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]</c>.</summary>
    Upper = 8,

    /// <summary>What may stand in the lower part of a word: <c>[\p{Ll}\p{Lm}\p{Lo}\p{M}]</c>.</summary>
    Lower = 16,

    /// <summary>A line feed or a carriage return.</summary>
    NewLine = 32,

    /// <summary>An apostrophe.</summary>
    Apostrophe = 64,

    /// <summary>A slash.</summary>
    Slash = 128,
}
