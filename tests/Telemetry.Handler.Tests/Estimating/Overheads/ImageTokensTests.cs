using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Media;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating.Overheads;

public sealed class ImageTokensTests
{
    [Theory]
    [InlineData(28, 28, 1)]
    [InlineData(29, 28, 2)]
    [InlineData(200, 200, 64)]
    [InlineData(1000, 1000, 1296)]
    [InlineData(1, 1, 1)]
    [InlineData(1568, 28, 56)]
    [InlineData(3136, 56, 56)]
    public void A_token_is_a_square_of_28_pixels(int width, int height, int tokens) =>
        Assert.Equal(tokens, ImageTokens.Of(new ImageSize(width, height), OverheadTable.Of("claude-sonnet-4-5")));

    [Theory]
    [InlineData("claude-sonnet-4-5", 1_568)]
    [InlineData("claude-opus-4-8", 4_784)]
    public void No_image_has_more_than_the_model_takes(string model, int most)
    {
        var overheads = OverheadTable.Of(model);
        for (var edge = 28; edge < 20_000; edge += 311)
        {
            for (var other = 28; other < 20_000; other += 1_709)
            {
                Assert.InRange(ImageTokens.Of(new ImageSize(edge, other), overheads), 1, most);
            }
        }
    }

    [Fact]
    public void A_larger_image_of_the_same_shape_has_no_fewer_tokens_before_it_is_scaled_down()
    {
        var overheads = OverheadTable.Of("claude-sonnet-4-5");
        var before = 0;
        for (var edge = 1; edge <= 1_092; edge++)
        {
            var tokens = ImageTokens.Of(new ImageSize(edge, edge), overheads);
            Assert.True(tokens >= before, $"{edge} pixels");
            before = tokens;
        }
    }
}
