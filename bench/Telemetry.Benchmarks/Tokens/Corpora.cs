using System.Collections;
using System.Reflection;
using System.Resources;
using System.Text;
using System.Text.RegularExpressions;

namespace Telemetry.Benchmarks.Tokens;

/// <summary>
/// Real texts that are on every machine with the .NET SDK: the English documentation of its assemblies, this repository's code,
/// and the SDK's messages in Chinese, Japanese and Korean, with emoji strewn in.
/// </summary>
internal static partial class Corpora
{
    private const int MostBytes = 8_000_000;
    private const int LongestDocument = 20_000;

    public static IEnumerable<(string Name, List<byte[]> Documents)> All()
    {
        yield return ("English prose", Cut(Prose()));
        yield return ("code", Cut(Code()));
        yield return ("CJK and emoji", Cut(EastAsian()));
    }

    private static string DotnetRoot =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    private static IEnumerable<string> Prose() =>
        Directory.EnumerateFiles(Path.Combine(DotnetRoot, "packs"), "*.xml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Select(line => Tag().Replace(line, "").Trim())
            .Where(line => line.Length > 40)
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Code()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "telemetry.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("Run this inside the repository.");
        }

        return Directory.EnumerateFiles(root.FullName, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("artifacts", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines);
    }

    private static IEnumerable<string> EastAsian() =>
        Directory.EnumerateFiles(Path.Combine(DotnetRoot, "sdk"), "*.resources.dll", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) is "ja" or "ko" or "zh-Hans" or "zh-Hant")
            .Order(StringComparer.Ordinal)
            .SelectMany(Messages)
            .Distinct(StringComparer.Ordinal)
            .Select((text, at) => at % 5 == 0 ? text + " 🎉👩‍💻✅" : text);

    private static List<string> Messages(string path)
    {
        var assembly = Assembly.LoadFile(path);
        var texts = new List<string>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".resources", StringComparison.Ordinal)))
        {
            using var reader = new ResourceReader(assembly.GetManifestResourceStream(name)!);
            texts.AddRange(reader.Cast<DictionaryEntry>().Select(entry => entry.Value).OfType<string>());
        }

        return texts;
    }

    private static List<byte[]> Cut(IEnumerable<string> lines)
    {
        var documents = new List<byte[]>();
        var document = new StringBuilder();
        var total = 0;
        foreach (var line in lines)
        {
            document.Append(line).Append('\n');
            if (document.Length > LongestDocument)
            {
                documents.Add(Encoding.UTF8.GetBytes(document.ToString()));
                total += documents[^1].Length;
                document.Clear();
            }

            if (total > MostBytes)
            {
                break;
            }
        }

        return documents;
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tag();
}
