using System.Net.Http.Headers;

namespace Telemetry.Handler.Headers;

/// <summary>Reads single headers as they were sent, without the parsing that can refuse them.</summary>
internal static class HeaderText
{
    private const int MaxLength = 256;

    /// <summary>The first value of a header.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The value, trimmed; null when there is none, or none that can be an id: longer than 256 characters or not
    /// visible ASCII.</returns>
    public static string? First(HttpHeaders headers, string name)
    {
        if (!headers.NonValidated.TryGetValues(name, out var values))
        {
            return null;
        }

        foreach (var value in values)
        {
            var text = value.Trim();
            if (text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                return text;
            }
        }

        return null;
    }
}
