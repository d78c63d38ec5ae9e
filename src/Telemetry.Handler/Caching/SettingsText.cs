using System.Globalization;
using System.Text;

namespace Telemetry.Handler.Caching;

/// <summary>The parameters of a request as the ledger holds them: a letter and a keyed number for each that is not the default; <c>-</c> where none is.</summary>
internal static class SettingsText
{
    /// <summary>Text for parameters.</summary>
    public static string ToText(in CacheParameters parameters)
    {
        if (parameters == default)
        {
            return "-";
        }

        var text = new StringBuilder();
        Append(text, 'b', parameters.Betas);
        Append(text, 's', parameters.Speed);
        Append(text, 'g', parameters.Geo);
        Append(text, 'w', parameters.WebTools);
        Append(text, 'p', parameters.WebToolPlaces);
        Append(text, 'c', parameters.HasCitations ? 1UL : 0);
        Append(text, 't', parameters.ToolChoice);
        Append(text, 'h', parameters.Thinking);
        Append(text, 'e', parameters.Effort);
        Append(text, 'f', parameters.Format);
        Append(text, 'm', parameters.McpServers);
        Append(text, 'k', parameters.Skills);
        Append(text, 'l', parameters.TaskBudget);
        Append(text, 'x', parameters.ContextManagement);
        Append(text, 'i', (ulong)parameters.Images);
        return text.ToString();
    }

    /// <summary>Parameters of text; null for what is none.</summary>
    public static CacheParameters? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var parameters = default(CacheParameters);
        foreach (var range in text.AsSpan().Split(' '))
        {
            var part = text.AsSpan(range);
            if (part is "-")
            {
                continue;
            }

            if (part.Length < 2 || !ulong.TryParse(part[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                || With(parameters, part[0], value) is not { } more)
            {
                return null;
            }

            parameters = more;
        }

        return parameters;
    }

    private static void Append(StringBuilder text, char letter, ulong value)
    {
        if (value != 0)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(letter).Append(CultureInfo.InvariantCulture, $"{value:x}");
        }
    }

    private static CacheParameters? With(in CacheParameters parameters, char letter, ulong value) => letter switch
    {
        'b' => parameters with { Betas = value },
        's' => parameters with { Speed = value },
        'g' => parameters with { Geo = value },
        'w' => parameters with { WebTools = value },
        'p' => parameters with { WebToolPlaces = value },
        'c' => parameters with { HasCitations = value != 0 },
        't' => parameters with { ToolChoice = value },
        'h' => parameters with { Thinking = value },
        'e' => parameters with { Effort = value },
        'f' => parameters with { Format = value },
        'm' => parameters with { McpServers = value },
        'k' => parameters with { Skills = value },
        'l' => parameters with { TaskBudget = value },
        'x' => parameters with { ContextManagement = value },
        'i' when value <= int.MaxValue => parameters with { Images = (int)value },
        _ => null,
    };
}
