using System.Diagnostics;

namespace Telemetry.Handler.Spans;

/// <summary>
/// The attributes of an attempt span. None of the conventions' operation, provider or usage names is among them: a backend
/// would take the span for a second inference and count its tokens twice.
/// </summary>
internal static class AttemptTags
{
    public static void SetStart(Activity activity, HttpRequestMessage message)
    {
        activity.SetTag(GenAiTags.HttpMethod, message.Method.Method);
        if (message.RequestUri is { } uri)
        {
            activity.SetTag(GenAiTags.ServerAddress, uri.Host);
            activity.SetTag(GenAiTags.ServerPort, uri.Port);
        }
    }

    public static void SetEnd(Activity activity, FinishedCall call)
    {
        var record = call.Record;
        activity.SetTag(CostLedgerTags.CallId, record.Id.ToString());
        activity.SetTag(AnthropicTags.RequestId, record.RequestId);
        activity.SetTag(GenAiTags.ErrorType, record.ErrorType);
        StreamTags.Set(activity, record);
    }
}
