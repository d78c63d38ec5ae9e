using System.Text.Json;
using static Telemetry.Handler.Requests.RequestShape;

namespace Telemetry.Handler.Requests;

/// <summary>Reads the parameters of one request body. The last of several equal keys wins.</summary>
internal sealed class SnapshotReader
{
    private const int MaxBetas = 32;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly string?[] _texts = new string?[Slots];
    private readonly double?[] _numbers = new double?[Slots];
    private readonly long[] _counts = new long[Slots];
    private readonly List<string> _faults = [];
    private readonly InputReach _reach = new();
    private List<string>? _betas;
    private bool? _stream;

    public RequestSnapshot Read(ReadOnlySpan<byte> body)
    {
        body = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (body.IsEmpty)
        {
            Fault(RequestFault.Empty);
            return Build();
        }

        var json = new Utf8JsonReader(body, Options);
        try
        {
            ReadDocument(ref json);
        }
        catch (JsonException)
        {
            Fault(RequestFault.Malformed);
        }

        return Build();
    }

    private void ReadDocument(ref Utf8JsonReader json)
    {
        if (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref json, Scope.Body);

            // Anything but white space after the object is an error, which this tells.
            json.Read();
        }
        else
        {
            Fault(RequestFault.Malformed);
        }
    }

    private void ReadObject(ref Utf8JsonReader json, Scope scope)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var parameter = Find(ref json, Of(scope));
            if (parameter is null && scope == Scope.Body)
            {
                _reach.Member(ref json);
            }

            json.Read();
            if (parameter is not null)
            {
                ReadParameter(ref json, parameter);
            }

            // Whatever was not read as what it should be is passed over; after a value that was read this does nothing.
            json.Skip();
        }
    }

    private static Parameter? Find(ref Utf8JsonReader json, ReadOnlySpan<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (JsonText.Is(ref json, parameter.Utf8))
            {
                return parameter;
            }
        }

        return null;
    }

    private void ReadParameter(ref Utf8JsonReader json, Parameter parameter)
    {
        var slot = parameter.Slot;
        switch (parameter.Kind)
        {
            case Kind.Text:
                _texts[(int)slot] = Text(ref json);
                break;
            case Kind.Whole or Kind.Real:
                _numbers[(int)slot] = Number(ref json, parameter.Kind == Kind.Whole);
                break;
            case Kind.Flag:
                _stream = json.TokenType is JsonTokenType.True or JsonTokenType.False ? json.TokenType == JsonTokenType.True : null;
                break;
            case Kind.Presence:
                _counts[(int)slot] = json.TokenType == JsonTokenType.StartObject ? 1 : 0;
                break;
            case Kind.Betas:
                ReadBetas(ref json);
                break;
            case Kind.Nested:
                ReadNested(ref json, ScopeOf(slot));
                break;
            default:
                ReadList(ref json, slot);
                break;
        }
    }

    private void ReadNested(ref Utf8JsonReader json, Scope scope)
    {
        foreach (var parameter in Of(scope))
        {
            _texts[(int)parameter.Slot] = null;
            _numbers[(int)parameter.Slot] = null;
            _counts[(int)parameter.Slot] = 0;
        }

        if (json.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref json, scope);
        }
    }

    // The count of a list and of the marks in it share a number: marks in the high half.
    private void ReadList(ref Utf8JsonReader json, Slot slot)
    {
        var (items, marks) = new BlockMarks(_reach, slot).Read(ref json);
        _counts[(int)slot] = ((long)marks << 32) | (uint)items;
    }

    private void ReadBetas(ref Utf8JsonReader json)
    {
        _betas = null;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        _betas = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.String && _betas.Count < MaxBetas && Text(ref json) is { } beta)
            {
                _betas.Add(beta);
            }

            json.Skip();
        }
    }

    private string? Text(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return null;
        }

        var text = JsonText.Read(ref json);
        if (text is null)
        {
            Fault(RequestFault.TextTooLong);
        }

        return text;
    }

    private double? Number(ref Utf8JsonReader json, bool isWhole)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        // Beyond 2^53 a double is not exact, but no real parameter is near.
        if (json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var number)
            && double.IsFinite(number) && (!isWhole || (number >= 0 && number <= int.MaxValue && double.IsInteger(number))))
        {
            return number;
        }

        Fault(RequestFault.InvalidNumber);
        return null;
    }

    private void Fault(string fault)
    {
        if (!_faults.Contains(fault))
        {
            _faults.Add(fault);
        }
    }

    private RequestSnapshot Build() => new()
    {
        Model = _texts[(int)Slot.Model],
        Stream = _stream,
        MaxTokens = (long?)_numbers[(int)Slot.MaxTokens],
        Temperature = _numbers[(int)Slot.Temperature],
        TopP = _numbers[(int)Slot.TopP],
        TopK = (long?)_numbers[(int)Slot.TopK],
        ServiceTier = _texts[(int)Slot.ServiceTier],
        Speed = _texts[(int)Slot.Speed],
        InferenceGeo = _texts[(int)Slot.InferenceGeo],
        ThinkingType = _texts[(int)Slot.ThinkingType],
        ThinkingBudget = (long?)_numbers[(int)Slot.ThinkingBudget],
        Effort = _texts[(int)Slot.Effort],
        HasOutputFormat = _counts[(int)Slot.OldFormat] + _counts[(int)Slot.Format] > 0,
        HasTaskBudget = _counts[(int)Slot.TaskBudget] > 0,
        MetadataUserId = _texts[(int)Slot.UserId],
        ToolCount = (int)(uint)_counts[(int)Slot.Tools],
        MessageCount = (int)(uint)_counts[(int)Slot.Messages],
        CacheBreakpoints = (int)_counts[(int)Slot.OwnMark] + Marks(Slot.Tools) + Marks(Slot.System) + Marks(Slot.Messages),
        Images = _reach.Images,
        BinaryBytes = _reach.BinaryBytes,
        KnownTools = _reach.KnownTools,
        HasServerWork = _reach.HasServerWork,
        IsInputOpen = _reach.IsOpen || _faults.Count > 0,
        VersionInBody = _texts[(int)Slot.Version],
        BetasInBody = _betas ?? [],
        Faults = _faults.Count == 0 ? [] : _faults,
    };

    private int Marks(Slot slot) => (int)(_counts[(int)slot] >> 32);
}
