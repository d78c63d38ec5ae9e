using Xunit;
using YamlDotNet.RepresentationModel;

namespace EndToEnd.Tests.Otlp;

public sealed class ObservabilityFilesTests
{
    private static readonly string[] s_stages = ["receivers", "processors", "exporters"];

    public static TheoryData<string> YamlFiles =>
    [
        .. Directory.EnumerateFiles(RepositoryFiles.Path(Dashboard.Folder), "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryFiles.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Every_yaml_file_is_one_mapping(string file) => Assert.NotEmpty(Load(file).Children);

    [Theory]
    [InlineData("compose.jaeger.yaml", "jaeger")]
    [InlineData("compose.tempo.yaml", "collector", "grafana", "prometheus", "tempo")]
    public void Services_have_a_fixed_image_and_listen_on_this_machine_only(string file, params string[] names)
    {
        var services = Map(Load($"{Dashboard.Folder}/{file}"), "services");

        Assert.Equal(names, services.Children.Keys.Select(Text).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var service in services.Children.Values.Cast<YamlMappingNode>())
        {
            Assert.Matches(@"^[a-z/-]+:v?\d+\.\d+\.\d+$", Text(service.Children["image"]));
            Assert.All(List(service, "ports"), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Mounted_files_exist()
    {
        var services = Map(Load($"{Dashboard.Folder}/compose.tempo.yaml"), "services");
        var mounts = services.Children.Values.Cast<YamlMappingNode>()
            .SelectMany(service => List(service, "volumes"))
            .Where(volume => volume.StartsWith("./", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(5, mounts.Count);
        Assert.All(mounts, mount => Assert.True(Path.Exists(RepositoryFiles.Path($"{Dashboard.Folder}/{mount.Split(':')[0]}")), mount));
    }

    [Fact]
    public void The_collector_uses_only_what_it_defines()
    {
        var config = Load($"{Dashboard.Folder}/observability/collector.yaml");
        var pipelines = Map(Map(config, "service"), "pipelines");

        Assert.All(pipelines.Children.Values.Cast<YamlMappingNode>(), pipeline => Assert.All(
            s_stages,
            kind => Assert.Subset(Names(Map(config, kind)), List(pipeline, kind).ToHashSet(StringComparer.Ordinal))));
    }

    [Fact]
    public void The_dashboard_asks_the_data_sources_that_are_provisioned()
    {
        var sources = Load($"{Dashboard.Folder}/observability/grafana/provisioning/datasources/datasources.yaml");
        var known = ((YamlSequenceNode)sources.Children["datasources"]).Cast<YamlMappingNode>()
            .Select(source => Text(source.Children["uid"]));

        var used = Dashboard.Read().GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("datasource", out _))
            .Select(panel => panel.GetProperty("datasource").GetProperty("uid").GetString()!);

        Assert.Subset(known.ToHashSet(StringComparer.Ordinal), used.ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cost", "costledger_cost_total")]
    [InlineData("tokens by class", "costledger_token_kind")]
    [InlineData("first token", "time_to_first_chunk")]
    [InlineData("errors", "error_type")]
    [InlineData("cache", "cache_read")]
    public void The_dashboard_answers(string question, string needed) =>
        Assert.True(Dashboard.Queries("expr").Any(query => query.Contains(needed, StringComparison.Ordinal)), question);

    [Fact]
    public void Panels_do_not_overlap()
    {
        var taken = new HashSet<(int X, int Y)>();
        foreach (var panel in Dashboard.Read().GetProperty("panels").EnumerateArray())
        {
            var place = panel.GetProperty("gridPos");
            var (x, y, w, h) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
            Assert.True(x + w <= 24, panel.GetProperty("title").GetString());
            for (var cell = 0; cell < w * h; cell++)
            {
                Assert.True(taken.Add((x + (cell % w), y + (cell / w))), panel.GetProperty("title").GetString());
            }
        }
    }

    private static YamlMappingNode Load(string relative)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(RepositoryFiles.Path(relative));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private static YamlMappingNode Map(YamlMappingNode holder, string key) => (YamlMappingNode)holder.Children[key];

    private static HashSet<string> Names(YamlMappingNode map) => map.Children.Keys.Select(Text).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> List(YamlMappingNode holder, string key) =>
        holder.Children.TryGetValue(key, out var node) && node is YamlSequenceNode list ? list.Select(Text) : [];

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
