using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Calls;

/// <summary>The timeline of a call: its attempts and what came when, each row beginning where it began.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
/// <param name="Rows">The rows in the order to show; what is beyond the most is left out and counted.</param>
internal sealed record Waterfall(string Title, string Description, IReadOnlyList<TimelineRow> Rows) : Chart(Title, Description)
{
    private const double RowHeight = 26;
    private const double BarHeight = 16;
    private const double AxisHeight = 24;
    private const double Gap = 8;
    private const double Padding = 5;
    private const double Indent = 14;
    private const double Least = 1;
    private const double LargestShare = 0.28;

    private static readonly (PhaseKind Kind, string Name, int Color)[] s_kinds =
    [
        (PhaseKind.Headers, "waiting for headers", 6), (PhaseKind.FirstToken, "headers to first token", 1),
        (PhaseKind.FirstEvent, "headers to first event", 1), (PhaseKind.Content, "content", 0),
        (PhaseKind.Gap, "nothing arrives", 5), (PhaseKind.Failed, "failed", 4), (PhaseKind.Pause, "between attempts", 7),
    ];

    /// <summary>How many rows there are at most.</summary>
    public int Most { get; init; } = 60;

    /// <summary>What to say where there is nothing.</summary>
    public string Nothing { get; init; } = "Nothing is known of this call's time.";

    /// <inheritdoc/>
    protected override double DrawMarks(Canvas canvas)
    {
        var (svg, rows) = (canvas.Svg, Rows.Take(Most).ToList());
        var phases = rows.SelectMany(r => r.Phases).ToList();
        if (phases.Count == 0)
        {
            canvas.Note(canvas.Top + (2 * RowHeight), Nothing);
            return canvas.Top + (4 * RowHeight);
        }

        var kinds = s_kinds.Where(k => phases.Exists(p => p.Kind == k.Kind)).ToList();
        var legend = new Legend(kinds.Select(k => new LegendEntry(k.Name, "", k.Color, Area: Look(k.Kind))), canvas.Width);
        legend.Draw(svg, canvas.Left, canvas.Top);

        var names = rows.Select(r => TextWidth.Fit(r.Name, canvas.Width * LargestShare)).ToList();
        var left = canvas.Left + rows.Select((r, i) => TextWidth.Of(names[i]) + (r.IsInner ? Indent : 0)).Max() + Gap;
        var ticks = NumberTicks.Of(0, Microseconds(phases.Max(p => p.End)), 8, Measure.Duration);
        var scale = new Scale(left, canvas.Right - Gap, Microseconds(phases.Max(p => p.End)));
        var top = canvas.Top + legend.Height + Gap;
        var bottom = top + ((rows.Count + (Rows.Count > Most ? 1 : 0)) * RowHeight);
        DrawTicks(svg, ticks, scale, top, bottom);
        for (var i = 0; i < rows.Count; i++)
        {
            DrawRow(canvas, rows[i], names[i], top + (i * RowHeight), scale);
        }

        if (Rows.Count > Most)
        {
            svg.Text("text", $"class=\"s\" x=\"{canvas.Left}\" y=\"{bottom - (RowHeight / 2) + 4}\"", $"and {Rows.Count - Most} more");
        }

        return bottom + AxisHeight;
    }

    private static decimal Microseconds(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerMicrosecond;

    // Time in which nothing came is paler than time in which something did.
    private static string Look(PhaseKind kind) => kind is PhaseKind.Gap or PhaseKind.Pause ? "pale" : "";

    private static void DrawTicks(SvgBuilder svg, NumberTicks ticks, Scale scale, double top, double bottom)
    {
        foreach (var tick in ticks.Values.Where(t => t == 0 || t <= scale.Greatest))
        {
            var x = Math.Round(scale.X(tick)) + 0.5;
            var (line, label) = (tick == 0 ? "b" : "g", Measure.Duration.FormatTick(tick, ticks.Step));
            svg.Empty("line", $"class=\"{line}\" x1=\"{x}\" x2=\"{x}\" y1=\"{top}\" y2=\"{bottom}\"");
            if (x + (TextWidth.Of(label) / 2) <= scale.Right + Gap)
            {
                svg.Text("text", $"class=\"s c\" x=\"{x}\" y=\"{bottom + 17}\"", label);
            }
        }
    }

    private static void DrawRow(Canvas canvas, TimelineRow row, string name, double top, Scale scale)
    {
        var (svg, middle) = (canvas.Svg, top + (RowHeight / 2));
        svg.Open("g", $"class=\"row\"");
        if (!string.Equals(name, row.Name, StringComparison.Ordinal))
        {
            svg.Hover(row.Name);
        }

        svg.Text("text", $"x=\"{canvas.Left + (row.IsInner ? Indent : 0)}\" y=\"{middle + 4}\"", name);
        var isNamed = false;
        foreach (var phase in row.Phases)
        {
            isNamed |= DrawPhase(svg, phase, middle, scale);
        }

        // Where no piece has space for its time, the row's stands behind it.
        if (!isNamed && row.Phases.Count > 0)
        {
            var time = Measure.Duration.Format(Microseconds(row.Phases[^1].End - row.Phases[0].Start));
            var x = scale.X(Microseconds(row.Phases[^1].End)) + Padding;
            if (x + TextWidth.Of(time) <= canvas.Right)
            {
                svg.Text("text", $"class=\"s\" x=\"{x}\" y=\"{middle + 4}\"", time);
            }
        }

        svg.Close("g");
    }

    private static bool DrawPhase(SvgBuilder svg, Phase phase, double middle, Scale scale)
    {
        var color = Array.Find(s_kinds, k => k.Kind == phase.Kind).Color;
        var x = scale.X(Microseconds(phase.Start));
        var width = Math.Max(Least, scale.X(Microseconds(phase.End)) - x);
        var (duration, look) = (Measure.Duration.Format(Microseconds(phase.End - phase.Start)), Look(phase.Kind));
        svg.Open("g", $"class=\"phase\"").Hover([phase.Name, $"{duration}, from {Measure.Duration.Format(Microseconds(phase.Start))}"]);
        svg.Empty("rect", $"class=\"s{color} {look}\" x=\"{x}\" y=\"{middle - (BarHeight / 2)}\" width=\"{width}\" height=\"{BarHeight}\"");
        var label = new[] { $"{phase.Name} {duration}", duration }.FirstOrDefault(l => TextWidth.Of(l) + (2 * Padding) <= width);
        if (label is not null)
        {
            var ink = look.Length > 0 ? "" : $"on-s{color}";
            svg.Text("text", $"class=\"{ink}\" x=\"{x + Padding}\" y=\"{middle + 4}\"", label);
        }

        svg.Close("g");
        return label is not null;
    }

    private sealed record Scale(double Left, double Right, decimal Greatest)
    {
        public double X(decimal microseconds) => Left + (Greatest <= 0 ? 0 : (Right - Left) * (double)(microseconds / Greatest));
    }
}
