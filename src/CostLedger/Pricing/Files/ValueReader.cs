using System.Globalization;
using System.Text.Json;

namespace CostLedger.Pricing.Files;

/// <summary>Reads plain values. Null, or a value of the wrong kind (which is noted as a fault), reads as nothing.</summary>
internal sealed class ValueReader(FaultList faults)
{
    private const int MaxNumberLength = 28;
    private const int MaxDecimals = 9;
    private const decimal MaxPrice = 1_000_000;
    private const decimal MaxFactor = 100;
    private const int MaxFactorDecimals = 6;

    public FaultList Faults => faults;

    public string? Text(JsonValue? value)
    {
        if (!Is(value, JsonTokenType.String, "a text"))
        {
            return null;
        }

        if (value!.Text.Contains(JsonTree.Broken, StringComparison.Ordinal))
        {
            faults.Add(value, "must be UTF-8 text");
            return null;
        }

        if (value.Text.Length > 0 && value.Text.AsSpan().Trim().Length == value.Text.Length)
        {
            return value.Text;
        }

        faults.Add(value, "must not be empty, or begin or end with a space");
        return null;
    }

    public DateOnly? Date(JsonValue? value)
    {
        if (!Is(value, JsonTokenType.String, "a day like \"2026-11-20\""))
        {
            return null;
        }

        if (DateOnly.TryParseExact(value!.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        faults.Add(value, $"\"{value.Text}\" is no day; write it like \"2026-11-20\"");
        return null;
    }

    public bool? Flag(JsonValue? value)
    {
        if (value?.Kind is JsonTokenType.True or JsonTokenType.False or null)
        {
            return value is null ? null : value.Kind == JsonTokenType.True;
        }

        faults.Add(value, "must be true or false");
        return null;
    }

    /// <summary>Dollars: from zero, below a million, with at most nine decimals, so that a nano-dollar price of a token is exact.</summary>
    public decimal? Price(JsonValue? value)
    {
        var price = Number(value, MaxDecimals);
        if (price is null or (>= 0 and < MaxPrice))
        {
            return price;
        }

        faults.Add(value!, price < 0 ? "must not be negative" : "must be below 1000000");
        return null;
    }

    /// <summary>A factor: above zero, at most a hundred, with at most six decimals.</summary>
    public decimal? Factor(JsonValue? value)
    {
        var factor = Number(value, MaxFactorDecimals);
        if (factor is null or (> 0 and <= MaxFactor))
        {
            return factor;
        }

        faults.Add(value!, "must be above 0 and at most 100");
        return null;
    }

    /// <summary>A whole number from 0.</summary>
    public int? Count(JsonValue? value)
    {
        var number = Number(value, decimals: 0);
        if (number is null or (>= 0 and <= int.MaxValue))
        {
            return (int?)number;
        }

        faults.Add(value!, "must be a whole number from 0 to 2147483647");
        return null;
    }

    public IReadOnlyList<JsonValue> List(JsonValue? value) =>
        Is(value, JsonTokenType.StartArray, "a list") ? value!.Children : [];

    /// <summary>A list of different texts.</summary>
    public IReadOnlyList<string> Texts(JsonValue? value)
    {
        var texts = new List<string>();
        foreach (var item in List(value))
        {
            if (Text(item) is not { } text)
            {
                continue;
            }

            if (texts.Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                faults.Add(item, $"\"{text}\" is in the list twice");
            }

            texts.Add(text);
        }

        return texts;
    }

    private decimal? Number(JsonValue? value, int decimals)
    {
        if (!Is(value, JsonTokenType.Number, "a number"))
        {
            return null;
        }

        var text = value!.Text;
        if (text.Length <= MaxNumberLength
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.Round(number, decimals) == number)
        {
            return number;
        }

        faults.Add(value, decimals == 0
            ? "must be a whole number"
            : string.Create(CultureInfo.InvariantCulture, $"must have at most {decimals} decimals and {MaxNumberLength} characters"));
        return null;
    }

    private bool Is(JsonValue? value, JsonTokenType kind, string what)
    {
        if (value is null || value.Kind == kind)
        {
            return value is not null;
        }

        faults.Add(value, "must be " + what);
        return false;
    }
}
