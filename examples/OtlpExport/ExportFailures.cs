using System.Diagnostics.Tracing;
using System.Globalization;

namespace OtlpExport;

/// <summary>Hears of failed exports. OpenTelemetry itself stays silent about them: it only tells its event source.</summary>
internal sealed class ExportFailures : EventListener
{
    private const string ExporterSource = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    /// <summary>The first failure; null when there was none.</summary>
    public string? First { get; private set; }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is ExporterSource)
        {
            EnableEvents(eventSource, EventLevel.Error);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var message = string.Format(CultureInfo.InvariantCulture, eventData.Message ?? "", [.. eventData.Payload ?? []]);
        First ??= message.ReplaceLineEndings("\n").Split('\n')[0];
    }
}
