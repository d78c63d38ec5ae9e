using System.Runtime.InteropServices;
using System.Text.Json;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>
/// Reads a request's body once, from front to back, and tells its prompt segment by segment, each as what the model reads of
/// it. Holds one segment's text at a time. For one thread at a time.
/// </summary>
internal sealed class SegmentReader(SegmentHasher hasher) : IDisposable
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly BlockReader _blocks = new(hasher);

    // The last of several equal keys counts: a level's segments begin with its last key's.
    private readonly int[] _begins = new int[(int)CacheLevel.Messages + 1];

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="prompt">Takes the segments; it is cleared first.</param>
    /// <param name="counter">Counts every segment while its text is at hand, in the body's order; null: nobody does.</param>
    public void Read(ReadOnlySpan<byte> body, SegmentedPrompt prompt, ISegmentCounter? counter = null)
    {
        prompt.Clear();
        _begins.AsSpan().Clear();
        var json = new Utf8JsonReader(body, Options);
        try
        {
            ReadBody(body, ref json, prompt, counter);
        }
        catch (JsonException)
        {
            prompt.Faults |= SegmentFaults.Malformed;
        }

        if (prompt.Messages == 0)
        {
            prompt.Faults |= SegmentFaults.NoMessages;
        }

        Forget(prompt);

        // A body may name its messages before its system and its tools.
        prompt.Segments.Sort(InCacheOrder);
    }

    /// <inheritdoc/>
    public void Dispose() => _blocks.Dispose();

    private static int InCacheOrder(Segment one, Segment other) =>
        one.Level != other.Level ? (int)one.Level - (int)other.Level
        : one.Message != other.Message ? one.Message.CompareTo(other.Message)
        : one.Block.CompareTo(other.Block);

    private void ReadBody(ReadOnlySpan<byte> body, ref Utf8JsonReader json, SegmentedPrompt prompt, ISegmentCounter? counter)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            prompt.Faults |= SegmentFaults.Malformed;
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = MemberNames.Of(ref json);
            json.Read();
            if (!ReadPrompt(name, body, ref json, prompt, counter))
            {
                ParameterReader.Read(name, ref json, prompt);
            }

            json.Skip();
        }

        // Anything but white space after the object is an error, which this tells.
        json.Read();
    }

    private bool ReadPrompt(MemberName name, ReadOnlySpan<byte> body, ref Utf8JsonReader json, SegmentedPrompt prompt, ISegmentCounter? counter)
    {
        switch (name)
        {
            case MemberName.Tools:
                _begins[(int)CacheLevel.Tools] = prompt.Segments.Count;
                ReadBlocks(new BlockPlace(body, prompt, counter, CacheLevel.Tools, SegmentRole.None, -1), ref json);
                return true;
            case MemberName.System:
                _begins[(int)CacheLevel.System] = prompt.Segments.Count;
                ReadBlocks(new BlockPlace(body, prompt, counter, CacheLevel.System, SegmentRole.System, -1), ref json);
                return true;
            case MemberName.Messages:
                _begins[(int)CacheLevel.Messages] = prompt.Segments.Count;
                (prompt.Messages, prompt.RepeatedIn) = (0, null);
                ReadMessages(body, ref json, prompt, counter);
                return true;
            default:
                return false;
        }
    }

    // All at once, however often a key came.
    private void Forget(SegmentedPrompt prompt)
    {
        var segments = CollectionsMarshal.AsSpan(prompt.Segments);
        var kept = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            if (i >= _begins[(int)segments[i].Level])
            {
                segments[kept++] = segments[i];
            }
        }

        prompt.Segments.RemoveRange(kept, segments.Length - kept);
    }

    private void ReadMessages(ReadOnlySpan<byte> body, ref Utf8JsonReader json, SegmentedPrompt prompt, ISegmentCounter? counter)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadMessage(body, ref json, prompt, counter);
            }

            json.Skip();
            prompt.Messages++;
        }
    }

    private void ReadMessage(ReadOnlySpan<byte> body, ref Utf8JsonReader json, SegmentedPrompt prompt, ISegmentCounter? counter)
    {
        // The role may stand after the content: it is looked for first, on a copy of the reader.
        var role = FirstRole(json);
        var (first, firstMedia) = (prompt.Segments.Count, prompt.Media.Count);
        var (roles, contents) = (0, 0);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = MemberNames.Of(ref json);
            json.Read();
            if (name == MemberName.Role)
            {
                role = RoleOf(json);
                roles++;
            }
            else if (name == MemberName.Content)
            {
                contents++;
                prompt.Segments.RemoveRange(first, prompt.Segments.Count - first);
                prompt.Media.RemoveRange(firstMedia, prompt.Media.Count - firstMedia);
                ReadBlocks(new BlockPlace(body, prompt, counter, CacheLevel.Messages, role, prompt.Messages), ref json);
            }

            json.Skip();
        }

        prompt.RepeatedIn ??= Math.Max(roles, contents) > 1 ? prompt.Messages : null;

        // No client names two roles; the last one counts.
        for (var i = first; i < prompt.Segments.Count && prompt.Segments[i].Role != role; i++)
        {
            prompt.Segments[i] = prompt.Segments[i] with { Role = role };
        }
    }

    private static SegmentRole RoleOf(in Utf8JsonReader json) => json.ValueSpan switch
    {
        _ when json.TokenType != JsonTokenType.String => SegmentRole.None,
        var value when value.SequenceEqual("user"u8) => SegmentRole.User,
        var value when value.SequenceEqual("assistant"u8) => SegmentRole.Assistant,
        var value when value.SequenceEqual("system"u8) => SegmentRole.System,
        _ => SegmentRole.None,
    };

    // The first role of the message that the reader stands on, which is a copy.
    private static SegmentRole FirstRole(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = MemberNames.Of(ref json) == MemberName.Role;
            json.Read();
            if (isRole)
            {
                // Clients put the role first; whatever stands behind it need not be read twice.
                return RoleOf(json);
            }

            json.Skip();
        }

        return SegmentRole.None;
    }

    private void ReadBlocks(BlockPlace place, ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            _blocks.ReadString(place, ref json);
            return;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        for (var block = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; block++)
        {
            _blocks.Read(place, block, ref json);
        }
    }
}
