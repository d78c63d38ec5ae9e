using System.Text;

namespace CostLedger.Pricing.Matching;

/// <summary>Takes providers' and gateways' decorations off a model's name, one kind each.</summary>
internal static class Spelling
{
    private const int DateLength = 8;

    /// <summary><c>claude-opus-5[1m]</c> is <c>claude-opus-5</c>: Claude Code marks a long context so.</summary>
    public static string WithoutContextMark(string name)
    {
        var open = name.EndsWith(']') ? name.LastIndexOf('[') : -1;
        return open >= 0 && IsContextSize(name.AsSpan()[(open + 1)..^1]) ? name[..open] : name;
    }

    /// <summary><c>…-v1:0:48k</c> is <c>…-v1:0</c>: provisioned Bedrock models end in their context size.</summary>
    public static string WithoutContextSuffix(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon >= 0 && IsContextSize(name.AsSpan(colon + 1)) ? name[..colon] : name;
    }

    /// <summary><c>claude-3-haiku-48k-20240307</c> is <c>claude-3-haiku-20240307</c>: so these models name themselves.</summary>
    public static string WithoutContextPart(string name) =>
        string.Join('-', name.Split('-').Where(part => !IsContextSize(part)));

    /// <summary><c>…-v1:0</c> and <c>…-v1</c> without the version of Bedrock's packaging.</summary>
    public static string WithoutPackage(string name)
    {
        var end = name.Length;
        var colon = name.LastIndexOf(':');
        if (colon >= 0 && IsNumber(name.AsSpan(colon + 1)))
        {
            end = colon;
        }

        var mark = name.AsSpan(0, end).LastIndexOf("-v");
        return mark >= 0 && IsNumber(name.AsSpan()[(mark + 2)..end]) ? name[..mark] : name;
    }

    /// <summary>Vertex' <c>@20251101</c> is <c>-20251101</c>; <c>@default</c> and <c>@latest</c> say nothing.</summary>
    public static string WithoutAt(string name)
    {
        var at = name.LastIndexOf('@');
        if (at < 0)
        {
            return name;
        }

        var version = name.AsSpan(at + 1);
        return version is "default" or "latest" ? name[..at] : IsDate(version) ? $"{name.AsSpan(0, at)}-{version}" : name;
    }

    /// <summary><c>4.5</c> is <c>4-5</c>.</summary>
    public static string WithDashes(string name)
    {
        var result = new StringBuilder(name);
        for (var i = 1; i < name.Length - 1; i++)
        {
            if (name[i] == '.' && char.IsAsciiDigit(name[i - 1]) && char.IsAsciiDigit(name[i + 1]))
            {
                result[i] = '-';
            }
        }

        return result.ToString();
    }

    /// <summary>The name without the day at its end.</summary>
    public static string WithoutDate(string name)
    {
        var dash = name.LastIndexOf('-');
        return dash > 0 && IsDate(name.AsSpan(dash + 1)) ? name[..dash] : name;
    }

    public static string WithoutLatest(string name) =>
        name.EndsWith("-latest", StringComparison.Ordinal) ? name[..^"-latest".Length] : name;

    /// <summary>
    /// <c>claude-4-5-haiku</c> for <c>claude-haiku-4-5</c> and the reverse, since models were named both ways; null when
    /// the name is neither.
    /// </summary>
    public static string? Reordered(string name)
    {
        var parts = name.Split('-');
        var isFamilyFirst = parts.Length > 2 && !IsVersion(parts[1]);
        var versions = parts.Skip(isFamilyFirst ? 2 : 1).TakeWhile(IsVersion).Take(2).ToArray();
        var family = isFamilyFirst ? 1 : 1 + versions.Length;
        if (versions.Length == 0 || family >= parts.Length || IsDate(parts[family]))
        {
            return null;
        }

        var rest = parts.Skip(2 + versions.Length);
        var middle = isFamilyFirst ? versions.Append(parts[family]) : versions.Prepend(parts[family]);
        return string.Join('-', middle.Prepend(parts[0]).Concat(rest));
    }

    private static bool IsVersion(string part) => part.Length is 1 or 2 && IsNumber(part);

    private static bool IsDate(ReadOnlySpan<char> text) => text.Length == DateLength && IsNumber(text);

    private static bool IsContextSize(ReadOnlySpan<char> text) => text is [.. var digits, 'k' or 'm'] && IsNumber(digits);

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
