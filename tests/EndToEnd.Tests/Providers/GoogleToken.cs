using System.Net.Http.Headers;
using Anthropic.Vertex;

namespace EndToEnd.Tests.Providers;

/// <summary>Credentials of Vertex AI that ask nobody.</summary>
/// <param name="Region">The location.</param>
internal sealed record GoogleToken(string Region) : IAnthropicVertexCredentials
{
    public string Project => "project-1";

    public ValueTask ApplyAsync(HttpRequestMessage requestMessage)
    {
        requestMessage.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "ya29.secret");
        return ValueTask.CompletedTask;
    }
}
