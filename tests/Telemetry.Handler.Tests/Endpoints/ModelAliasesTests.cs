using Telemetry.Handler.Endpoints;
using Xunit;

namespace Telemetry.Handler.Tests.Endpoints;

public sealed class ModelAliasesTests
{
    private const string Arn = "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123";

    [Theory]
    [InlineData("our-deployment", "our-deployment")]
    [InlineData("our-deployment", "OUR-Deployment")]
    [InlineData(" our-deployment ", "our-deployment")]
    [InlineData(Arn, Arn)]
    [InlineData("abc123", Arn)]
    [InlineData("ABC123", Arn)]
    [InlineData("abc123", "abc123")]
    public void A_name_finds_its_model(string key, string name) => Assert.Equal("claude-opus-5", Map((key, " claude-opus-5 ")).Find(name));

    [Theory]
    [InlineData("our-deployment", null)]
    [InlineData("our-deployment", "")]
    [InlineData("our-deployment", "our-deployment-2")]
    [InlineData("our-deployment", "anthropic/our-deployment")]
    [InlineData(Arn, "abc123")]
    [InlineData("application-inference-profile/abc123", "arn:")]
    public void Another_name_finds_nothing(string key, string? name) => Assert.Null(Map((key, "claude-opus-5")).Find(name));

    [Fact]
    public void No_map_finds_nothing()
    {
        Assert.Null(ModelAliases.None.Find("claude-opus-5"));
        Assert.Same(ModelAliases.None, ModelAliases.From(null));
        Assert.Same(ModelAliases.None, ModelAliases.From(new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("", "claude-opus-5", "empty name (for 'claude-opus-5')")]
    [InlineData("  ", "claude-opus-5", "empty name")]
    [InlineData("ours", "", "gives 'ours' an empty model")]
    [InlineData("ours", " ", "gives 'ours' an empty model")]
    [InlineData("ours", null, "gives 'ours' an empty model")]
    public void A_bad_map_is_refused_in_a_line(string name, string? model, string told)
    {
        var options = new MessagesTelemetryOptions
        {
            WriteToLedger = false,
            ModelAliases = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = model! },
        };

        var error = Assert.Throws<ArgumentException>(() => new MessagesTelemetryHandler(options));

        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("ModelAliases ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_name_twice_is_refused()
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal) { ["Ours"] = "claude-opus-5", ["ours"] = "claude-haiku-5-5" };

        Assert.Contains("'ours' twice", Assert.Single(ModelAliases.Faults(map)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_changes_later_changes_nothing()
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal) { ["ours"] = "claude-opus-5" };
        var aliases = ModelAliases.From(map);

        map["ours"] = "claude-haiku-5-5";

        Assert.Equal("claude-opus-5", aliases.Find("ours"));
    }

    [Fact]
    public void Looking_up_a_plain_name_costs_no_allocation()
    {
        var map = Map(("ours", "claude-opus-5"));

        Assert.Equal(0, Allocations.Of(() =>
        {
            map.Find("ours");
            map.Find("claude-opus-5");
        }));
    }

    private static ModelAliases Map((string Name, string Model) pair) =>
        ModelAliases.From(new Dictionary<string, string>(StringComparer.Ordinal) { [pair.Name] = pair.Model });
}
