using System.Text;
using Telemetry.Handler.Content.Parts;

namespace Telemetry.Handler.Content;

/// <summary>The content of one call, while it is collected.</summary>
internal sealed class CallContent(ContentOptions options)
{
    /// <summary>Stop sequences take no more than this part of the bound; more are left out.</summary>
    private const int StopSequencesShare = 8;

    private readonly RequestContent _request = new(options);

    /// <summary>What collects the answer.</summary>
    public AnswerContent Answer { get; } = new(options);

    /// <summary>Takes the request's body.</summary>
    public void Read(ReadOnlySpan<byte> body) => _request.Read(body);

    /// <summary>What was collected, within the bound.</summary>
    /// <param name="stopReason">Why the model stopped, as the API says; null where the answer broke off.</param>
    public CapturedContent Build(string? stopReason)
    {
        var stops = _request.StopSequences;
        var stopBytes = stops.Sum(static text => Encoding.UTF8.GetByteCount(text));
        var withStops = stopBytes <= options.MaxBytes / StopSequencesShare;
        var rendered = ContentRenderer.Render(
            [_request.System, _request.Tools, _request.Messages, Answer.ToList(stopReason)],
            options.MaxBytes - (withStops ? stopBytes : 0),
            out var isCut);
        return new CapturedContent
        {
            SystemInstructions = rendered[0],
            ToolDefinitions = rendered[1],
            InputMessages = rendered[2],
            OutputMessages = rendered[3],
            StopSequences = withStops ? stops : [],
            IsTruncated = isCut || !withStops,
        };
    }
}
