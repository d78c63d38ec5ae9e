using System.Text.RegularExpressions;

namespace MessagesSimulator.Providers;

/// <summary>The providers' names of models, turned into the API's.</summary>
internal sealed partial class ModelNames(IReadOnlyDictionary<string, string>? deployments)
{
    public string Native(string name)
    {
        if (deployments?.GetValueOrDefault(name) is { } deployed)
        {
            return deployed;
        }

        var native = BedrockVersion().Replace(BedrockPrefix().Replace(name, ""), "");
        return native.Replace('@', '-');
    }

    [GeneratedRegex(@"^(?:arn:[^/]*inference-profile/)?(?:[a-z-]+\.)?anthropic\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BedrockPrefix();

    [GeneratedRegex(@"-v\d+(?::\d+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BedrockVersion();
}
