using System.Globalization;
using System.Text;
using System.Text.Json;
using CostLedger.Pricing;
using CostLedger.Pricing.Files;
using Xunit;

namespace CostLedger.Tests.Pricing.Files;

/// <summary>The schema beside the price file: what editors check must be what the reader checks.</summary>
public sealed class PriceSchemaTests
{
    [Fact]
    public void The_shipped_file_obeys_the_schema_and_the_reader()
    {
        using var file = JsonDocument.Parse(PriceBook.Default.Content);

        Assert.Empty(Check(file.RootElement));
        Assert.Equal(PriceBook.Default.Version, PriceBook.Parse(PriceBook.Default.Content).Version);
    }

    [Fact]
    public void The_embedded_file_is_the_one_at_the_root_of_the_repository() =>
        Assert.Equal(File.ReadAllBytes(Path.Combine(Root(), "pricing.json")), PriceBook.Default.Content.ToArray());

    [Fact]
    public void Leaving_out_any_member_is_judged_alike_by_schema_and_reader()
    {
        var checkedMembers = 0;
        foreach (var (without, path) in WithoutEachMember(SmallBook.Text))
        {
            if (path.StartsWith("/sources/", StringComparison.Ordinal))
            {
                // That a row names it is a relation that no schema can tell.
                continue;
            }

            using var document = JsonDocument.Parse(without);
            var isRightBySchema = Check(document.RootElement).Count == 0;
            Assert.True(isRightBySchema == IsRight(without), $"without {path}: the schema says {isRightBySchema}");
            checkedMembers++;
        }

        Assert.True(checkedMembers > 60);
    }

    [Fact]
    public void An_unknown_member_is_refused_by_schema_and_reader_in_every_object()
    {
        var places = 0;
        for (var at = SmallBook.Text.IndexOf('{', 0); at >= 0; at = SmallBook.Text.IndexOf('{', at + 1))
        {
            var text = SmallBook.Text.Insert(at + 1, "\"surprise\": 1, ");
            using var document = JsonDocument.Parse(text);
            Assert.NotEmpty(Check(document.RootElement));
            Assert.False(IsRight(text), $"a surprise at {at} was not noticed");
            places++;
        }

        Assert.True(places > 15);
    }

    private static List<string> Check(JsonElement value)
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root(), "pricing.schema.json")));
        var checker = new SchemaChecker(schema.RootElement);
        checker.Check(value);
        return checker.Faults;
    }

    private static bool IsRight(string text)
    {
        try
        {
            PriceBook.Parse(Encoding.UTF8.GetBytes(text));
            return true;
        }
        catch (PriceFileException)
        {
            return false;
        }
    }

    private static IEnumerable<(string Text, string Path)> WithoutEachMember(string text)
    {
        using var document = JsonDocument.Parse(text);
        foreach (var path in Members(document.RootElement, ""))
        {
            var root = System.Text.Json.Nodes.JsonNode.Parse(text)!;
            var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var owner = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? node[index]! : node[step]!);
            owner.AsObject().Remove(steps[^1]);
            yield return (root.ToJsonString(), path);
        }
    }

    private static IEnumerable<string> Members(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member =>
            Members(member.Value, $"{path}/{member.Name}").Prepend($"{path}/{member.Name}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Members(item, $"{path}/{index}")),
        _ => [],
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "pricing.schema.json")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("pricing.schema.json is in no folder above the tests");
        }

        return folder.FullName;
    }
}
