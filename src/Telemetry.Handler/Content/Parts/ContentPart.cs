using System.Text;
using Telemetry.Handler.Content.Texts;

namespace Telemetry.Handler.Content.Parts;

/// <summary>One part of a message: a type, a few short labels, and at most one body, which can be shortened.</summary>
/// <param name="type">The conventions' name of its kind.</param>
internal sealed class ContentPart(string type)
{
    /// <summary>The longest label that is kept.</summary>
    public const int LongestLabel = 1_024;

    private const string Ellipsis = "…";
    private const int EllipsisBytes = 3;

    /// <summary>A body of less says nothing.</summary>
    private const int ShortestBody = 16;

    private readonly List<(string Name, string Value)> _labels = [];
    private string _bodyName = "content";
    private string? _text;
    private byte[]? _json;

    public string Type { get; } = type;

    /// <summary>The body, where it is a text.</summary>
    public string? Text => _text;

    /// <summary>About how many bytes it holds; enough to bound memory.</summary>
    public long Weight => 64 + (_text?.Length ?? 0) + (_json?.Length ?? 0) + _labels.Sum(static l => l.Value.Length);

    /// <summary>Adds a label, without secrets; one without a value is left out.</summary>
    public ContentPart With(string name, string? value)
    {
        if (value is not null)
        {
            var masked = SecretMask.Apply(value);
            _labels.Add((name, masked.Length <= LongestLabel ? masked : masked[..LongestLabel]));
        }

        return this;
    }

    public ContentPart WithText(string name, string text)
    {
        (_bodyName, _text, _json) = (name, text, null);
        return this;
    }

    /// <summary>Gives it a body that is JSON already, or a text where that could not be had.</summary>
    public ContentPart WithJson(string name, JsonBody body)
    {
        (_bodyName, _text, _json) = (name, body.Text, body.Json);
        return this;
    }

    /// <summary>The part as JSON.</summary>
    /// <param name="maxBytes">The most bytes that it may have.</param>
    /// <param name="isShortened">Whether the body was shortened for it.</param>
    /// <returns>Null where not even a shortened one fits.</returns>
    public byte[]? Render(int maxBytes, out bool isShortened)
    {
        isShortened = false;
        var whole = Render(_text, _json);
        if (whole.Length <= maxBytes)
        {
            return whole;
        }

        var text = _text ?? (_json is null ? null : Encoding.UTF8.GetString(_json));
        if (text is null)
        {
            return null;
        }

        isShortened = true;
        var room = maxBytes - Render("", null).Length - EllipsisBytes;
        if (room < ShortestBody)
        {
            return null;
        }

        return Render(text[..JsonOutput.Fit(text, room + 2)] + Ellipsis, null);
    }

    private byte[] Render(string? text, byte[]? json)
    {
        var output = new JsonOutput();
        output.BeginObject();
        output.Name("type");
        output.Text(Type);
        foreach (var (name, value) in _labels)
        {
            output.Name(name);
            output.Text(value);
        }

        if (text is not null)
        {
            output.Name(_bodyName);
            output.Text(text);
        }
        else if (json is not null)
        {
            output.Name(_bodyName);
            output.Raw(json);
        }

        output.EndObject();
        return output.ToArray();
    }
}
