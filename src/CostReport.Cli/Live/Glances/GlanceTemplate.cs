using System.Globalization;
using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Live.Glances;

/// <summary>A line with names in braces, which stand for what is known.</summary>
internal sealed class GlanceTemplate
{
    private const string Unknown = "-";
    private static readonly string[] s_names = ["today", "session", "cache", "calls", "failed", "name"];
    private readonly CompositeFormat _format;

    private GlanceTemplate(CompositeFormat format) => _format = format;

    /// <summary>Reads a template.</summary>
    /// <exception cref="UserError">It has a name in braces that stands for nothing, or a brace alone.</exception>
    public static GlanceTemplate Parse(string text)
    {
        var numbered = new StringBuilder();
        var rest = text.AsSpan();
        while (rest.IndexOfAny('{', '}') is >= 0 and var at)
        {
            var end = rest[at..].IndexOf('}');
            var name = rest[at] == '{' && end > 0 ? rest[(at + 1)..(at + end)].ToString() : throw Fault(rest[at..].ToString());
            var place = Array.IndexOf(s_names, name);
            if (place < 0)
            {
                throw Fault(rest[at..(at + end + 1)].ToString());
            }

            numbered.Append(rest[..at]).Append(CultureInfo.InvariantCulture, $"{{{place}}}");
            rest = rest[(at + end + 1)..];
        }

        return new GlanceTemplate(CompositeFormat.Parse(numbered.Append(rest).ToString()));
    }

    /// <summary>The line.</summary>
    public string Fill(Glance glance)
    {
        var totals = glance.Totals;
        return string.Format(
            CultureInfo.InvariantCulture,
            _format,
            Figures.Money(totals.Cost.Total),
            glance.Session is { } session ? Figures.Money(session) : Unknown,
            Figures.Percent(totals.CacheReadInputTokens, totals.Prompt()),
            Figures.Count(totals.Calls),
            Figures.Count(totals.Errors),
            glance.Last?.Labels.Session is { Length: > 0 } name ? SafeText.Short(name) : Unknown);
    }

    private static UserError Fault(string text) => UserError.Usage(
        $"{LiveSpecs.Template.Name} has '{SafeText.Short(text)}', which stands for nothing; give {string.Join(", ", s_names.Select(n => $"{{{n}}}"))} and other text");
}
