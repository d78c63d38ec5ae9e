using Telemetry.Handler.Content.Texts;

namespace Telemetry.Handler.Content.Parts;

/// <summary>
/// Turns what was collected into JSON within the bound: where all of it is too much, each list gets its fair share, long texts are
/// shortened to half of it, and of the rest the oldest parts go.
/// </summary>
internal static class ContentRenderer
{
    private const int Brackets = 2;

    /// <summary>Renders lists.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="maxBytes">The most bytes of all together.</param>
    /// <param name="isCut">Whether anything is missing.</param>
    /// <returns>The JSON of each; null for a list that is empty, or of which nothing fits.</returns>
    public static string?[] Render(ReadOnlySpan<ContentList> lists, int maxBytes, out bool isCut)
    {
        isCut = false;
        var rendered = new JsonOutput?[lists.Length];
        var sizes = new int[lists.Length];
        for (var i = 0; i < lists.Length; i++)
        {
            isCut |= lists[i].IsCut;
            rendered[i] = RenderList(lists[i], int.MaxValue, ref isCut);
            sizes[i] = rendered[i]?.Length ?? 0;
        }

        if (sizes.Sum(static size => (long)size) > maxBytes)
        {
            isCut = true;
            Share(sizes, maxBytes);
            for (var i = 0; i < lists.Length; i++)
            {
                rendered[i] = rendered[i]?.Length <= sizes[i] ? rendered[i] : RenderList(lists[i], sizes[i], ref isCut);
            }
        }

        return Array.ConvertAll(rendered, static output => output?.ToString());
    }

    /// <summary>Turns sizes into shares: who needs less than its share leaves the rest to the others.</summary>
    private static void Share(int[] sizes, int maxBytes)
    {
        var order = Enumerable.Range(0, sizes.Length).OrderBy(i => sizes[i]).ToArray();
        var left = maxBytes;
        for (var i = 0; i < order.Length; i++)
        {
            var size = Math.Min(sizes[order[i]], left / (order.Length - i));
            sizes[order[i]] = size;
            left -= size;
        }
    }

    private static JsonOutput? RenderList(ContentList list, int maxBytes, ref bool isCut)
    {
        var isWhole = maxBytes == int.MaxValue;
        var longest = isWhole ? maxBytes : maxBytes / 2;
        var left = maxBytes - Brackets;
        var kept = new Stack<(ContentMessage Message, Stack<byte[]> Parts)>();
        for (var i = list.Messages.Count - 1; i >= 0; i--)
        {
            var message = list.Messages[i];
            var room = left - Frame(message);
            var parts = new Stack<byte[]>();
            var isAll = room >= 0 && TakeParts(message, longest, ref room, parts, ref isCut);
            isCut |= !isAll;
            if (room >= 0 && (parts.Count > 0 || (isAll && message.FinishReason is not null)))
            {
                kept.Push((message, parts));
                left = room;
            }

            if (!isAll)
            {
                break;
            }
        }

        return kept.Count == 0 ? null : Join(kept);
    }

    // From the last to the first.
    private static bool TakeParts(ContentMessage message, int longest, ref int room, Stack<byte[]> parts, ref bool isCut)
    {
        for (var i = message.Parts.Count - 1; i >= 0; i--)
        {
            if (message.Parts[i].Render(Math.Min(longest, room - 1), out var isShortened) is not { } part)
            {
                return false;
            }

            isCut |= isShortened;
            parts.Push(part);
            room -= part.Length + 1;
        }

        return true;
    }

    /// <summary>The bytes of a message without its parts, and its comma.</summary>
    private static int Frame(ContentMessage message)
    {
        if (message.Role is null)
        {
            return 0;
        }

        var output = new JsonOutput();
        Write(output, message, []);
        return output.Length + 1;
    }

    private static JsonOutput Join(Stack<(ContentMessage Message, Stack<byte[]> Parts)> kept)
    {
        var output = new JsonOutput();
        output.BeginArray();
        foreach (var (message, parts) in kept)
        {
            Write(output, message, parts);
        }

        output.EndArray();
        return output;
    }

    private static void Write(JsonOutput output, ContentMessage message, Stack<byte[]> parts)
    {
        if (message.Role is null)
        {
            WriteAll(output, parts);
            return;
        }

        output.BeginObject();
        output.Name("role");
        output.Text(message.Role);
        output.Name("parts");
        output.BeginArray();
        WriteAll(output, parts);
        output.EndArray();
        if (message.FinishReason is { } reason)
        {
            output.Name("finish_reason");
            output.Text(reason);
        }

        output.EndObject();
    }

    private static void WriteAll(JsonOutput output, Stack<byte[]> parts)
    {
        foreach (var part in parts)
        {
            output.Raw(part);
        }
    }
}
