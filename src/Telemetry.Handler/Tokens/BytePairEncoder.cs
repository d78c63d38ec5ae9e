using Telemetry.Handler.Tokens.Vocabularies;

namespace Telemetry.Handler.Tokens;

/// <summary>
/// Encodes one piece of text. The encoding is the one sequence of tokens of which every two neighbours can follow each other:
/// it is searched from the left, the longest token first, stepping back where nothing can follow. A place that was given up is
/// never tried again, so that the time is linear in the length whatever the text.
/// </summary>
internal static class BytePairEncoder
{
    /// <summary>Encodes.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="piece">The piece; not empty.</param>
    /// <param name="workspace">Room to work in; its tokens are the result, by index.</param>
    /// <returns>The number of tokens.</returns>
    public static int Encode(Vocabulary vocabulary, ReadOnlySpan<byte> piece, Workspace workspace)
    {
        var token = vocabulary.Longest(piece);
        if (vocabulary.Bytes.LengthOf(token) == piece.Length)
        {
            workspace.Tokens[0] = token;
            return 1;
        }

        workspace.Prepare(piece.Length);
        return Search(vocabulary, piece, token, workspace.Tokens, workspace.GivenUp);
    }

    private static int Search(Vocabulary vocabulary, ReadOnlySpan<byte> piece, int token, Span<int> tokens, Span<ulong> givenUp)
    {
        var (count, at) = (0, 0);
        while (true)
        {
            var end = at + vocabulary.Bytes.LengthOf(token);
            if (!IsSet(givenUp, end) && (count == 0 || vocabulary.CanFollow(tokens[count - 1], token)))
            {
                tokens[count++] = token;
                if (end == piece.Length)
                {
                    return count;
                }

                at = end;
                token = vocabulary.Longest(piece[at..]);
                continue;
            }

            token = vocabulary.NextShorter(token);
            while (token < 0)
            {
                // Nothing can follow here: the token before it must be a shorter one.
                Set(givenUp, at);
                var last = tokens[--count];
                at -= vocabulary.Bytes.LengthOf(last);
                token = vocabulary.NextShorter(last);
            }
        }
    }

    private static bool IsSet(ReadOnlySpan<ulong> bits, int place) => (bits[place >> 6] & (1UL << place)) != 0;

    private static void Set(Span<ulong> bits, int place) => bits[place >> 6] |= 1UL << place;
}
