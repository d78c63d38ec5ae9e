using Telemetry.Handler.Events;
using Xunit;

namespace Telemetry.Handler.Tests.Events;

public sealed class StructuredJsonTests
{
    [Fact]
    public void Json_is_lists_and_maps_and_its_own_text()
    {
        const string Json = """[{"role":"user","parts":[{"type":"text","content":"é\n"},{"arguments":{"a":[1,2.5,true,null,[]],"a2":{}}}]},"x"]""";

        var list = StructuredJson.Of(Json)!;

        Assert.Equal((2, Json), (list.Count, list.ToString()));
        var message = Assert.IsType<Dictionary<string, object?>>(list[0]);
        var parts = Assert.IsType<List<object?>>(message["parts"]);
        Assert.Equal("é\n", Assert.IsType<Dictionary<string, object?>>(parts[0])["content"]);
        var arguments = Assert.IsType<Dictionary<string, object?>>(Assert.IsType<Dictionary<string, object?>>(parts[1])["arguments"]);
        Assert.Equal(new List<object?> { 1L, 2.5, true, null, new List<object?>() }, arguments["a"]);
        Assert.Equal("x", list[1]);
    }

    [Fact]
    public void No_json_is_no_list() => Assert.Null(StructuredJson.Of(null));
}
