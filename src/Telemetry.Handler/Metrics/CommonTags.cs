using System.Diagnostics;
using System.Globalization;
using CostLedger.Records;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Metrics;

/// <summary>The attributes that all metrics of calls share. No ids, keys or users: each value makes a series of its own.</summary>
internal static class CommonTags
{
    /// <summary>The attributes of a call.</summary>
    public static TagList Of(CallRecord record)
    {
        var tags = default(TagList);
        if (TagValues.IsInference(record.Operation))
        {
            tags.Add(GenAi.OperationName, TagValues.Chat);
        }
        else
        {
            tags.Add(CostLedgerTags.Operation, record.Operation.Name());
        }

        tags.Add(GenAi.ProviderName, TagValues.ProviderName(record.Provider));
        Add(ref tags, GenAi.RequestModel, record.ModelRequested);
        Add(ref tags, GenAi.ResponseModel, record.ModelServed);
        AddHost(ref tags, record.Host);
        return tags;
    }

    /// <summary>Adds an attribute where it is known.</summary>
    public static void Add(ref TagList tags, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            tags.Add(name, value);
        }
    }

    // "api.anthropic.com", "localhost:8080", "[::1]:8080". A record names no port where it is the scheme's own.
    private static void AddHost(ref TagList tags, string? host)
    {
        if (string.IsNullOrEmpty(host))
        {
            return;
        }

        var colon = host.LastIndexOf(':');
        var port = 0;
        var hasPort = colon > host.LastIndexOf(']')
            && int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port);
        tags.Add(SemanticTags.ServerAddress, hasPort ? host[..colon] : host);
        if (hasPort)
        {
            tags.Add(SemanticTags.ServerPort, port);
        }
    }
}
