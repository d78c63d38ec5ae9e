using System.Globalization;
using Telemetry.Handler.Documents;
using Telemetry.Handler.Json;

namespace Telemetry.Handler.Batches;

/// <summary>Reads a batch, or a page of batches, as the API answers when one is created, looked at, cancelled or listed.</summary>
/// <param name="found">Told of each batch when it was read.</param>
internal sealed class BatchReader(Action<BatchFacts> found) : IJsonSink
{
    private string? _id;
    private DateTimeOffset? _endedAt;
    private long? _requests;
    private bool _isPage;
    private int _depth;
    private Place _place = Place.Batch;
    private Place _next = Place.Batch;

    private enum Place
    {
        Elsewhere,
        Batch,
        Page,
        Id,
        EndedAt,
        Counts,
        Count,
    }

    private int BatchDepth => _isPage ? 3 : 1;

    JsonTake IJsonSink.OnName(ReadOnlySpan<byte> name)
    {
        _next = _place == Place.Counts ? Place.Count
            : _place != Place.Batch ? Place.Elsewhere
            : name.SequenceEqual("id"u8) ? Place.Id
            : name.SequenceEqual("ended_at"u8) ? Place.EndedAt
            : name.SequenceEqual("request_counts"u8) ? Place.Counts
            : name.SequenceEqual("data"u8) && !_isPage ? Place.Page
            : Place.Elsewhere;
        return _next switch
        {
            Place.Id or Place.EndedAt => JsonTake.Text,
            Place.Counts or Place.Page => JsonTake.Members,
            _ => JsonTake.Size,
        };
    }

    JsonTake IJsonSink.OnElement()
    {
        _next = _place == Place.Page ? Place.Batch : Place.Elsewhere;
        return _next == Place.Batch ? JsonTake.Members : JsonTake.Size;
    }

    void IJsonSink.OnEnter(bool isArray)
    {
        _depth++;
        _place = isArray == (_next == Place.Page) ? _next : Place.Elsewhere;
        _isPage |= _place == Place.Page;
        if (_place == Place.Batch)
        {
            (_id, _endedAt, _requests) = (null, null, null);
        }
    }

    void IJsonSink.OnLeave()
    {
        if (_depth == BatchDepth && _id is { } id)
        {
            found(new BatchFacts(id, _endedAt, _requests));
            _id = null;
        }

        _depth--;
        _place = _isPage && _depth == BatchDepth - 1 ? Place.Page : Place.Batch;
    }

    void IJsonSink.OnText(ReadOnlySpan<byte> text, long size)
    {
        if (_next == Place.Id)
        {
            _id = PlainText.Decode(text, size);
        }
        else if (_next == Place.EndedAt && PlainText.Decode(text, size) is { } time)
        {
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            _endedAt = DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, Utc, out var at) ? at : null;
        }
    }

    void IJsonSink.OnNumber(ReadOnlySpan<byte> number)
    {
        if (_next == Place.Count && Counts.TryParse(number, out var count))
        {
            _requests = (_requests ?? 0) + count;
        }
    }

    void IJsonSink.OnNull()
    {
        // What is not told yet is null: the time at which a running batch ended.
    }

    void IJsonSink.OnSkipped(long size)
    {
        // Nothing of what is skipped matters.
    }
}
