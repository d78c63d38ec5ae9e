using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>Requests in files, in a folder of their own.</summary>
internal sealed class RequestFiles : IDisposable
{
    /// <summary>A PNG whose header says 4032 x 3024; nothing more of it is read.</summary>
    public const string LargeImage = "iVBORw0KGgoAAAANSUhEUgAAD8AAAAvQCAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costreport-");

    public static string Hello(string model = "claude-opus-5") =>
        $$"""{"model":"{{model}}","max_tokens":1000,"messages":[{"role":"user","content":"Hello, world. How are you today?"}]}""";

    /// <summary>Tools, a system prompt with a time in it, breakpoints, an image, and what a reviewer would strike.</summary>
    public static string Rich() => JsonSerializer.Serialize(new
    {
        model = "claude-opus-5",
        max_tokens = 4000,
        tools = new object[] { Tool("get_weather", 40), Tool("find_invoice", 90), Tool("getWeather", 1) },
        system = new object[]
        {
            new { type = "text", text = Words(30), cache_control = new { type = "ephemeral" } },
            new { type = "text", text = $"It is 2026-11-20T09:31:07Z. {Words(600)}", cache_control = new { type = "ephemeral", ttl = "1h" } },
        },
        thinking = new { type = "enabled", budget_tokens = 4000 },
        messages = new object[]
        {
            new
            {
                role = "user",
                content = new object[]
                {
                    new { type = "image", source = new { type = "base64", media_type = "image/png", data = LargeImage } },
                    new { type = "text", text = Words(40), cache_control = new { type = "ephemeral" } },
                    new { type = "hologram", data = "x" },
                },
            },
        },
    });

    /// <summary>A conversation of many blocks.</summary>
    public static string Long()
    {
        var messages = Enumerable.Range(0, 41).Select(i => new { role = i % 2 == 0 ? "user" : "assistant", content = Words(20 + (i * 37 % 200)) });
        return JsonSerializer.Serialize(new { model = "claude-haiku-4-5", max_tokens = 2000, stream = true, system = Words(3000), messages });
    }

    public static string Batch() => new JsonObject
    {
        ["requests"] = new JsonArray(
        [
            .. Enumerable.Range(0, 25).Select(i => new JsonObject { ["custom_id"] = $"row-{i}", ["params"] = JsonNode.Parse(i == 7 ? Rich() : Hello()) }),
            new JsonObject { ["custom_id"] = "stranger", ["params"] = JsonNode.Parse("""{"model":"someone-elses","messages":[{"role":"user","content":"hi"}]}""") },
            new JsonObject { ["custom_id"] = "empty", ["params"] = JsonNode.Parse("""{"model":"claude-opus-5","messages":[]}""") },
        ]),
    }.ToJsonString();

    /// <summary>An archive of four entries, three of them calls: the Claude API, Bedrock in the US, Vertex AI in Europe.</summary>
    public static string Har()
    {
        const string cloud = """{"anthropic_version":"bedrock-2023-05-31","max_tokens":50,"messages":[{"role":"user","content":"Hello again"}]}""";
        return new JsonObject
        {
            ["log"] = new JsonObject
            {
                ["version"] = "1.2",
                ["entries"] = new JsonArray(
                    new JsonObject { ["request"] = new JsonObject { ["method"] = "GET", ["url"] = "https://api.anthropic.com/v1/models" } },
                    Entry("https://api.anthropic.com/v1/messages?beta=true", Hello()),
                    Entry("https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-opus-4-6-v1/invoke-with-response-stream", cloud),
                    Entry("https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/europe-west1/publishers/anthropic/models/claude-sonnet-5:rawPredict", cloud)),
            },
        }.ToJsonString();
    }

    public static JsonObject Entry(string url, string body) => new()
    {
        ["request"] = new JsonObject { ["method"] = "POST", ["url"] = url, ["postData"] = new JsonObject { ["mimeType"] = "application/json", ["text"] = body } },
    };

    /// <summary>An entry whose request has headers.</summary>
    public static JsonObject Entry(string url, string body, params (string Name, string Value)[] headers)
    {
        var entry = Entry(url, body);
        entry["request"]!["headers"] = new JsonArray([.. headers.Select(header => new JsonObject { ["name"] = header.Name, ["value"] = header.Value })]);
        return entry;
    }

    public static string Words(int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(i => (i * 7 % 11) switch { 0 => "invoices", 1 => "of", 2 => "the", 3 => "customer", 4 => "are", 5 => "paid", _ => "later" }));

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static object Tool(string name, int words) =>
        new { name, description = Words(words), input_schema = new { type = "object", properties = new { city = new { type = "string" } } } };
}
