using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Spans;

/// <summary>Attributes of an attempt: on its own span where an inference span was adopted, else on the inference span itself.</summary>
internal static class AttemptTags
{
    /// <summary>The name of an attempt's own span.</summary>
    public const string SpanName = "messages attempt";

    /// <summary>What is known at the start of an attempt with a span of its own.</summary>
    public static void SetHttp(Activity span, in CallStart call)
    {
        var tags = new TagWriter(span);
        tags.Set(SemanticTags.HttpRequestMethod, call.Request.Method.Method);
        if (call.Request.RequestUri is not { IsAbsoluteUri: true } uri)
        {
            return;
        }

        tags.Set(SemanticTags.UrlScheme, uri.Scheme);

        // GetComponents refuses a URL whose path must stay as it is, as the SDK's Bedrock client makes them.
        tags.Set(SemanticTags.UrlFull, $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath}");
        tags.Set(SemanticTags.ServerAddress, uri.Host);
        tags.Set(SemanticTags.ServerPort, uri.Port);
    }

    /// <summary>What is known at the start of any attempt.</summary>
    public static void SetOrdinal(Activity span, AttemptInfo attempt)
    {
        var tags = new TagWriter(span);
        tags.Set(CostLedgerTags.AttemptOrdinal, attempt.Ordinal);
        if (attempt.Ordinal > 1)
        {
            tags.Set(SemanticTags.HttpRequestResendCount, attempt.Ordinal - 1);
            tags.Set(CostLedgerTags.RetrySource, Name(attempt.Source));
        }
    }

    /// <summary>What is known at the end.</summary>
    public static void SetEnd(Activity span, in CallEnd end)
    {
        var tags = new TagWriter(span);
        var record = end.Record;
        tags.Set(CostLedgerTags.AttemptOutcome, record.Outcome.Name());
        tags.Set(CostLedgerTags.AttemptBackend, Backend(record.Provider));
        tags.Set(CostLedgerTags.AttemptRetryAfter, record.RetryAfter);
        tags.Set(SemanticTags.HttpResponseStatusCode, record.HttpStatus);
        tags.Set(SemanticTags.NetworkProtocolVersion, Protocol(end.Response?.ProtocolVersion));
        tags.Set(AnthropicTags.RequestId, record.RequestId);
        if (end.Fallback is var (from, to, reason))
        {
            tags.Set(CostLedgerTags.FallbackFromModel, from);
            tags.Set(CostLedgerTags.FallbackToModel, to);
            tags.Set(CostLedgerTags.FallbackReason, reason);
        }

        tags.Set(CostLedgerTags.StreamHeaders, record.Timing.Headers);
        if (record.IsStream)
        {
            SetStream(tags, record);
        }

        if (ErrorTypes.Of(record) is { } error)
        {
            tags.Set(SemanticTags.ErrorType, error);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>The name of who tries again.</summary>
    public static string Name(RetrySource source) => source switch
    {
        RetrySource.Sdk => "sdk",
        RetrySource.Handler => "handler",
        _ => TagValues.Unknown,
    };

    private static void SetStream(TagWriter tags, CallRecord record)
    {
        tags.Set(CostLedgerTags.StreamFirstEvent, record.Timing.FirstEvent);
        tags.Set(CostLedgerTags.StreamMaxGap, record.Timing.LongestGap);
        tags.Set(CostLedgerTags.StreamChunks, record.Transfer.Chunks);
        tags.Set(CostLedgerTags.StreamEvents, record.Transfer.Events);
        tags.Set(CostLedgerTags.StreamBytes, record.Transfer.ResponseBytes);
        tags.Set(CostLedgerTags.StreamPings, record.Transfer.Pings);
        tags.Set(CostLedgerTags.StreamContentBlocks, record.Transfer.ContentBlocks);
        tags.Set(CostLedgerTags.StreamEnd, record.StreamEnd?.Name());
    }

    // The contract's list knows Bedrock's two endpoints as one.
    private static string Backend(Provider provider) => provider == Provider.BedrockMantle ? Provider.Bedrock.Name() : provider.Name();

    private static string? Protocol(Version? version) => version switch
    {
        null => null,
        { Minor: 0 } => version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => version.ToString(2),
    };
}
