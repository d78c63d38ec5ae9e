using Telemetry.Handler.Caching;
using Telemetry.Handler.Prompting.Caches;
using Telemetry.Handler.Segments;
using Xunit;

namespace Telemetry.Handler.Tests.Caching;

public sealed class SettingsTextTests
{
    [Fact]
    public void What_is_written_is_read_whatever_it_is()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var parameters = new CacheParameters
            {
                Betas = Some(random),
                Speed = Some(random),
                Geo = Some(random),
                WebTools = Some(random),
                WebToolPlaces = Some(random),
                HasCitations = random.Next(2) == 0,
                ToolChoice = Some(random),
                Thinking = Some(random),
                Effort = Some(random),
                Format = Some(random),
                McpServers = Some(random),
                Skills = Some(random),
                TaskBudget = Some(random),
                ContextManagement = Some(random),
                Images = random.Next(3),
            };

            Assert.Equal(parameters, SettingsText.Parse(SettingsText.ToText(parameters)));
        }
    }

    [Fact]
    public void Defaults_take_one_character() => Assert.Equal("-", SettingsText.ToText(default));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("b")]
    [InlineData("zz")]
    [InlineData("b1  t2")]
    [InlineData("iffffffffff")]
    public void What_is_no_such_text_tells_nothing(string? text) => Assert.Null(SettingsText.Parse(text));

    [Fact]
    public void The_numbers_mean_nothing_without_the_key()
    {
        var parameters = new CacheParameters { ToolChoice = 42, Images = 2 };
        using var one = new SegmentHasher("one key of thirty-two bytes, so."u8);
        using var other = new SegmentHasher("another key of thirty-two bytes."u8);

        var keyed = new SettingsKeys().Of(parameters, one);

        Assert.Equal(keyed, new SettingsKeys().Of(parameters, one));
        Assert.NotEqual(keyed, new SettingsKeys().Of(parameters, other));
        Assert.NotEqual(parameters.ToolChoice, keyed.ToolChoice);
        Assert.Equal((0UL, 2), (keyed.Betas, keyed.Images));
    }

    private static ulong Some(Random random) => random.Next(2) == 0 ? 0 : (ulong)random.NextInt64() + 1;
}
