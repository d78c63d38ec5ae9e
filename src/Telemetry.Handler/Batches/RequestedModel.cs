using Telemetry.Handler.Json;

namespace Telemetry.Handler.Batches;

/// <summary>Finds the model that all requests of a batch ask for, as nearly all batches have it.</summary>
internal sealed class RequestedModel : IJsonSink
{
    private const int RequestDepth = 3;
    private const int ParamsDepth = 4;

    private int _depth;
    private bool _isWanted;
    private string? _model;
    private bool _areSeveral;

    private RequestedModel()
    {
    }

    /// <summary>Reads the body of the call that creates a batch.</summary>
    /// <param name="body">The JSON, UTF-8.</param>
    /// <returns>The model; null where there is none, or not one alone.</returns>
    public static string? Of(ReadOnlySpan<byte> body)
    {
        var found = new RequestedModel();
        var skimmer = new JsonSkimmer(found);
        skimmer.Feed(body);
        return skimmer.IsDone && !found._areSeveral ? found._model : null;
    }

    // Only {"requests": [{"params": {"model": …}}]} is entered, so that the depth tells the place.
    JsonTake IJsonSink.OnName(ReadOnlySpan<byte> name)
    {
        _isWanted = _depth == ParamsDepth && name.SequenceEqual("model"u8);
        return _isWanted ? JsonTake.Text
            : (_depth == 1 && name.SequenceEqual("requests"u8)) || (_depth == RequestDepth && name.SequenceEqual("params"u8)) ? JsonTake.Members
            : JsonTake.Size;
    }

    JsonTake IJsonSink.OnElement()
    {
        _isWanted = false;
        return _depth == RequestDepth - 1 ? JsonTake.Members : JsonTake.Size;
    }

    void IJsonSink.OnEnter(bool isArray) => _depth++;

    void IJsonSink.OnLeave() => _depth--;

    void IJsonSink.OnText(ReadOnlySpan<byte> text, long size)
    {
        if (_isWanted && !_areSeveral && !IsSame(text))
        {
            _areSeveral = _model is not null;
            _model = PlainText.Decode(text, size);
        }
    }

    void IJsonSink.OnNumber(ReadOnlySpan<byte> number)
    {
        // No model is a number.
    }

    void IJsonSink.OnNull()
    {
        // No model is null.
    }

    void IJsonSink.OnSkipped(long size)
    {
        // Nothing of what is skipped matters.
    }

    private bool IsSame(ReadOnlySpan<byte> text) => _model is not null && System.Text.Ascii.Equals(text, _model);
}
