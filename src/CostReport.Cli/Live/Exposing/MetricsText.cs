using System.Globalization;
using System.Text;
using CostLedger.Records;

namespace CostReport.Cli.Live.Exposing;

/// <summary>Writes the text that Prometheus reads (https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4).</summary>
internal sealed class MetricsText
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a metric.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="help">What it says.</param>
    public void Begin(string name, string type, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n').Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    /// <summary>Writes a count.</summary>
    public void Add(string name, ReadOnlySpan<(string Name, string Value)> labels, long value) => Add(name, labels, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes money, in dollars, to the nano-dollar.</summary>
    public void Add(string name, ReadOnlySpan<(string Name, string Value)> labels, NanoUsd value) => Add(name, labels, value.ToString());

    /// <summary>Writes a time, in seconds.</summary>
    public void Add(string name, ReadOnlySpan<(string Name, string Value)> labels, TimeSpan value) =>
        Add(name, labels, ((decimal)value.Ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Add(string name, ReadOnlySpan<(string Name, string Value)> labels, string value)
    {
        _text.Append(name);
        for (var i = 0; i < labels.Length; i++)
        {
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"");
            Escape(labels[i].Value);
            _text.Append('"');
        }

        _text.Append(labels.Length > 0 ? "} " : " ").Append(value).Append('\n');
    }

    private void Escape(string value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            _text.Append(rune.Value switch
            {
                '\\' => "\\\\",
                '"' => "\\\"",
                '\n' => "\\n",
                _ => rune.ToString(),
            });
        }
    }
}
