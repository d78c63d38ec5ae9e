using System.Text;
using System.Text.Json;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;

namespace Telemetry.Handler.ToolRounds;

/// <summary>
/// Hashes a tool's arguments so that neither the order of members nor white space nor escapes matter. Its memory is as large as the
/// largest arguments, up to a bound. For one thread at a time.
/// </summary>
internal sealed class ArgumentHasher : IDisposable
{
    // What is nested deeper is taken as it is written.
    private const int MaxNesting = 16;
    private const int MaxKept = 256 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly MemberList _members = new();
    private CanonicalText _text = new();

    /// <summary>The hash of a value.</summary>
    /// <param name="json">The value; known to be well-formed.</param>
    /// <param name="hasher">The hasher.</param>
    public UInt128 Of(ReadOnlySpan<byte> json, SegmentHasher hasher)
    {
        _text.Clear();
        Write(json, 0);
        var hash = hasher.OfArguments(_text.Written);
        if (_text.Length > MaxKept)
        {
            _text.Dispose();
            _text = new CanonicalText();
        }

        return hash;
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    private void Write(ReadOnlySpan<byte> json, int nesting)
    {
        switch (json.IsEmpty ? default : json[0])
        {
            case (byte)'{' when nesting < MaxNesting:
                WriteObject(json, nesting + 1);
                break;
            case (byte)'[' when nesting < MaxNesting:
                WriteArray(json, nesting + 1);
                break;
            default:
                _text.AppendCompact(json);
                break;
        }
    }

    private void WriteObject(ReadOnlySpan<byte> json, int nesting)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        var first = _members.Count;
        _members.Scan(ref reader);
        Sort(json, first);
        _text.Append("{"u8);
        for (var i = first; i < _members.Count; i++)
        {
            var member = _members[i];
            _text.AppendCompact(json.Slice(member.NameStart - 1, member.NameLength + 2));
            _text.Append(":"u8);
            Write(json.Slice(member.Start, member.Length), nesting);
            _text.Append(","u8);
        }

        _text.Append("}"u8);
        _members.CutTo(first);
    }

    private void WriteArray(ReadOnlySpan<byte> json, int nesting)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        _text.Append("["u8);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            Write(json[start..(int)reader.BytesConsumed], nesting);
            _text.Append(","u8);
        }

        _text.Append("]"u8);
    }

    // Most arguments have few members, which mostly come in the same order: insertion is quick, and equal names stay in place.
    private void Sort(ReadOnlySpan<byte> json, int first)
    {
        if (_members.Count - first > 64)
        {
            SortMany(json, first);
            return;
        }

        for (var i = first + 1; i < _members.Count; i++)
        {
            for (var at = i; at > first && Compare(json, _members[at], _members[at - 1]) < 0; at--)
            {
                _members.Swap(at, at - 1);
            }
        }
    }

    private void SortMany(ReadOnlySpan<byte> json, int first)
    {
        var sorted = new List<(string Name, Member Member)>();
        for (var i = first; i < _members.Count; i++)
        {
            sorted.Add((NameOf(json, _members[i]), _members[i]));
        }

        var at = first;
        foreach (var (_, member) in sorted.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            _members.Put(at++, member);
        }
    }

    private static int Compare(ReadOnlySpan<byte> json, Member one, Member other)
    {
        var left = json.Slice(one.NameStart, one.NameLength);
        var right = json.Slice(other.NameStart, other.NameLength);
        return left.Contains((byte)'\\') || right.Contains((byte)'\\')
            ? string.CompareOrdinal(NameOf(json, one), NameOf(json, other))
            : left.SequenceCompareTo(right);
    }

    private static string NameOf(ReadOnlySpan<byte> json, Member member)
    {
        var name = json.Slice(member.NameStart, member.NameLength);
        if (!name.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(name);
        }

        var reader = new Utf8JsonReader(json.Slice(member.NameStart - 1, member.NameLength + 2));
        reader.Read();
        return JsonText.Beginning(ref reader, int.MaxValue);
    }
}
