using System.Text;
using System.Text.Json;
using CostLedger.Pricing.Rows;

namespace CostLedger.Pricing.Files;

/// <summary>Reads and checks a price file. A file with a fault is not loaded at all; all its faults are told at once.</summary>
internal static class PriceFile
{
    /// <summary>The largest file that is read: about a hundred times the one that ships.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Reads a price file's bytes.</summary>
    /// <param name="content">UTF-8, with or without a byte order mark.</param>
    /// <param name="name">What to call the file in errors.</param>
    /// <returns>The list.</returns>
    /// <exception cref="PriceFileException">The file has faults.</exception>
    public static PriceList Read(ReadOnlyMemory<byte> content, string name)
    {
        var faults = new FaultList();
        var list = ReadTree(Parse(content, name), faults);
        return faults.Faults.Count == 0
            ? list
            : throw new PriceFileException(name, [.. faults.Faults.OrderBy(fault => fault.Line)]);
    }

    /// <summary>The bytes of a file on disk.</summary>
    /// <exception cref="PriceFileException">The file cannot be read, or is too large.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            var size = new FileInfo(path).Length;
            return size <= MaxBytes
                ? File.ReadAllBytes(path)
                : throw Broken(path, "it is larger than 16 MB, so it is no price file", line: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Broken(path, error.Message, line: 0);
        }
    }

    private static JsonValue Parse(ReadOnlyMemory<byte> content, string name)
    {
        var text = content.Span;
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            return JsonTree.Read(text);
        }
        catch (JsonException error)
        {
            // The message ends with a position of its own, which counts lines from zero.
            var message = error.Message.Split(" LineNumber:", 2)[0];
            throw Broken(name, "is no JSON: " + message, (int)(error.LineNumber ?? 0) + 1);
        }
    }

    private static PriceFileException Broken(string name, string message, int line) =>
        new(name, [new PriceFault(line == 0 ? "" : "$", line, message)]);

    private static PriceList ReadTree(JsonValue root, FaultList faults)
    {
        var values = new ValueReader(faults);
        var file = new ObjectReader(root, values);
        file.OptionalText("$schema");
        var date = file.Date("date") ?? default;
        if (file.Text("currency") is { } currency and not "USD")
        {
            file.Fault("currency", $"\"{currency}\" is not supported; prices are in USD");
        }

        var rulesReader = new RulesReader(values);
        var rules = rulesReader.Read(file);
        var sources = rulesReader.ReadDictionary(file.Object("sources"));
        var models = new ModelReader(values, sources);
        var rows = models.Read(file.List("models"));
        CheckAliases(file, rules, models);
        file.Finish();
        return new PriceList(date, rules, rows);
    }

    private static void CheckAliases(ObjectReader file, PriceRules rules, ModelReader models)
    {
        foreach (var (alias, target) in rules.Aliases)
        {
            if (!models.IsModel(target))
            {
                file.Fault("aliases", $"\"{alias}\" stands for \"{target}\", which is no model of the file");
            }
        }
    }
}
