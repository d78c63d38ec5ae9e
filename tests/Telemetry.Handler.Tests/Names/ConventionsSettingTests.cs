using Telemetry.Handler.Names;
using Xunit;

namespace Telemetry.Handler.Tests.Names;

public sealed class ConventionsSettingTests
{
    [Theory]
    [InlineData(null, SemanticConventions.V141)]
    [InlineData("", SemanticConventions.V141)]
    [InlineData("http,database/dup", SemanticConventions.V141)]
    [InlineData("gen_ai_latest_experimental", SemanticConventions.Latest)]
    [InlineData("http, gen_ai_latest_experimental ,database", SemanticConventions.Latest)]
    [InlineData("gen_ai_latest_experimental/dup", SemanticConventions.Both)]
    [InlineData("gen_ai_latest_experimental,gen_ai_latest_experimental/dup,x", SemanticConventions.Both)]
    public void The_environment_chooses_the_names(string? value, SemanticConventions expected)
    {
        Assert.Equal(expected, ConventionsSetting.Of(value));
    }

    [Fact]
    public void Each_choice_has_its_schema()
    {
        Assert.Equal("https://opentelemetry.io/schemas/1.41.0", SemanticConventions.V141.SchemaUrl());
        Assert.Equal("https://opentelemetry.io/schemas/1.41.0", SemanticConventions.Both.SchemaUrl());
        Assert.Equal("https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev", SemanticConventions.Latest.SchemaUrl());
    }
}
