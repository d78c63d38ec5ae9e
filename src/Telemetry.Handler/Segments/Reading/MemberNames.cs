using System.Text;
using System.Text.Json;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>Finds members by name.</summary>
internal static class MemberNames
{
    private static readonly (byte[] Name, MemberName Member)[] All =
    [
        .. Enum.GetValues<MemberName>()
            .Where(member => member != MemberName.Other)
            .Select(member => (Encoding.UTF8.GetBytes(Spell(member.ToString())), member)),
    ];

    // By their lengths, which tell most of them apart.
    private static readonly (byte[] Name, MemberName Member)[][] ByLength =
        [.. Enumerable.Range(0, All.Max(entry => entry.Name.Length) + 1).Select(length => All.Where(entry => entry.Name.Length == length).ToArray())];

    /// <summary>Which member the reader stands on.</summary>
    public static MemberName Of(ref Utf8JsonReader json) => json.ValueIsEscaped ? OfEscaped(ref json) : Of(json.ValueSpan);

    /// <summary>Which member has a name.</summary>
    public static MemberName Of(ReadOnlySpan<byte> name)
    {
        foreach (var (known, member) in name.Length < ByLength.Length ? ByLength[name.Length] : [])
        {
            if (name.SequenceEqual(known))
            {
                return member;
            }
        }

        return MemberName.Other;
    }

    // No client escapes these names, but the API reads them all the same.
    private static MemberName OfEscaped(ref Utf8JsonReader json)
    {
        foreach (var (name, member) in All)
        {
            if (JsonText.Is(ref json, name))
            {
                return member;
            }
        }

        return MemberName.Other;
    }

    // MediaType is media_type on the wire.
    private static string Spell(string member)
    {
        var name = new StringBuilder();
        foreach (var letter in member)
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
