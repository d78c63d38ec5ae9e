using System.Text.RegularExpressions;
using MessagesSimulator.Serving;

namespace MessagesSimulator.Providers;

/// <summary>Where Bedrock and Google Cloud compute, by the address that was asked; prompts are cached for each region apart.</summary>
internal static partial class Region
{
    /// <summary>The region of a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The cloud and its region; null for providers that keep the API's own rules.</returns>
    public static string? Of(RecordedRequest request)
    {
        var location = Location().Match(request.Target);
        if (location.Success)
        {
            return "google:" + location.Groups["region"].Value;
        }

        var host = BedrockHost().Match(request.Header("Host") ?? "");
        return host.Success ? "bedrock:" + host.Groups["region"].Value
            : BedrockInvoke.Matches(request.Target) ? "bedrock:"
            : null;
    }

    [GeneratedRegex(@"/locations/(?<region>[a-z0-9-]+)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Location();

    [GeneratedRegex(@"^bedrock-(?:runtime|mantle)\.(?<region>[a-z0-9-]+)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BedrockHost();
}
