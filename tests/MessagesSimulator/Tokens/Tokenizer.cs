namespace MessagesSimulator.Tokens;

/// <summary>
/// Cuts text into tokens. No model's vocabulary: a run of letters and digits in steps of five, together with one space
/// before it; a run of white space; every other character alone. Cutting a prefix gives a prefix of the tokens or one token
/// more, as with real vocabularies, and the same text always gives the same tokens.
/// </summary>
internal static class Tokenizer
{
    private const int LettersPerToken = 5;

    public static int Count(ReadOnlySpan<char> text)
    {
        var tokens = 0;
        for (; !text.IsEmpty; text = text[NextLength(text)..])
        {
            tokens++;
        }

        return tokens;
    }

    public static IReadOnlyList<string> Split(string text)
    {
        var tokens = new List<string>();
        for (var start = 0; start < text.Length; start += tokens[^1].Length)
        {
            tokens.Add(text.Substring(start, NextLength(text.AsSpan(start))));
        }

        return tokens;
    }

    private static int NextLength(ReadOnlySpan<char> rest)
    {
        var space = rest[0] == ' ' && rest.Length > 1 && char.IsLetterOrDigit(rest[1]) ? 1 : 0;
        if (char.IsLetterOrDigit(rest[space]))
        {
            return space + RunLength(rest[space..], char.IsLetterOrDigit, LettersPerToken);
        }

        if (char.IsWhiteSpace(rest[0]))
        {
            // The last space of a run belongs to the word after it.
            var run = RunLength(rest, char.IsWhiteSpace, rest.Length);
            var wordFollows = run < rest.Length && rest[run - 1] == ' ' && char.IsLetterOrDigit(rest[run]);
            return wordFollows ? Math.Max(1, run - 1) : run;
        }

        return char.IsHighSurrogate(rest[0]) && rest.Length > 1 && char.IsLowSurrogate(rest[1]) ? 2 : 1;
    }

    private static int RunLength(ReadOnlySpan<char> text, Func<char, bool> belongs, int limit)
    {
        var length = 0;
        while (length < text.Length && length < limit && belongs(text[length]))
        {
            length++;
        }

        return length;
    }
}
