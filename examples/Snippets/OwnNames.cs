using Telemetry.Handler;

namespace Snippets;

/// <summary>What stands behind names that do not tell their model.</summary>
internal static class OwnNames
{
    public static int Run()
    {
        // snippet: own-names
        var options = new MessagesTelemetryOptions
        {
            ModelAliases = new Dictionary<string, string>
            {
                ["our-chat"] = "claude-sonnet-5-5", // a deployment of Microsoft Foundry
                ["a1b2c3d4e5f6"] = "us.anthropic.claude-opus-5-5", // the end of an application inference profile's ARN
            },
        };
        using var handler = new MessagesTelemetryHandler(options);
        // end of snippet
        return options.ModelAliases.Count;
    }
}
