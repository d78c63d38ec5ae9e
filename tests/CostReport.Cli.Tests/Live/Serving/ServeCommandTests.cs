using System.Net;
using System.Net.Sockets;
using System.Text;
using CostLedger.Records;
using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.World;
using Xunit;

namespace CostReport.Cli.Tests.Live.Serving;

/// <summary>The server as others on the machine see it: by HTTP.</summary>
public sealed class ServeCommandTests
{
    private readonly List<CallRecord> _calls = [.. Sample.TwoWeeks().Select((c, i) => Sample.Call(TimeProvider.System.GetUtcNow().AddHours(-i - 1), i))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_is_the_report_and_may_only_ask_its_own_server()
    {
        await using var server = await LiveServer.StartAsync(Open);

        using var answer = await server.Client.GetAsync("", Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("connect-src &#39;self&#39;", page.Replace("'", "&#39;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("trusted-types costreport-live", page, StringComparison.Ordinal);
        Assert.Contains("in 7 days", page, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task The_body_is_what_the_page_shows()
    {
        await using var server = await LiveServer.StartAsync(Open);

        var body = await server.Client.GetStringAsync("body", Token);

        Assert.StartsWith("<a class=\"skip\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", body, StringComparison.Ordinal);
        Assert.Contains(body, await server.Client.GetStringAsync("", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_escaped()
    {
        _calls.Clear();
        _calls.AddRange(HostileNames.All.Select((name, i) => HostileNames.Call(name, i) with { Id = CallId.Create(TimeProvider.System.GetUtcNow().AddHours(-i - 1), (UInt128)(i + 1) << 40) }));
        await using var server = await LiveServer.StartAsync(Open);

        var body = await server.Client.GetStringAsync("body", Token);

        Assert.DoesNotContain("<img", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg onload", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_token_nothing_is_told()
    {
        await using var server = await LiveServer.StartAsync(Open);
        var root = new Uri(server.Address, "/");

        foreach (var path in new[] { "", "x/", "metrics", "00000000000000000000000000000000/", server.Address.Segments[1].TrimEnd('/') })
        {
            using var answer = await server.Client.GetAsync(new Uri(root, path), Token);

            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized, path);
            Assert.DoesNotContain("$", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{1}")]
    [InlineData("localhost.evil.example:{1}")]
    [InlineData("")]
    public async Task Another_host_is_told_nothing(string host)
    {
        await using var server = await LiveServer.StartAsync(Open);

        var answer = await SendAsync(server.Address, $"GET {server.Address.AbsolutePath} HTTP/1.1\r\nHost: {host.Replace("{1}", $"{server.Address.Port}", StringComparison.Ordinal)}\r\nConnection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.DoesNotContain("$", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_and_unknown_paths_are_refused()
    {
        await using var server = await LiveServer.StartAsync(Open);

        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Patch })
        {
            using var answer = await server.Client.SendAsync(new HttpRequestMessage(method, ""), Token);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        }

        foreach (var path in new[] { "x", "body/", "../", "%2e%2e/body", "events/x", "BODY" })
        {
            using var answer = await server.Client.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_is_no_http_ends_only_its_own_connection()
    {
        await using var server = await LiveServer.StartAsync(Open);

        foreach (var bytes in new[] { "\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", $"GET /{new string('x', 40_000)} HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: \u0001\r\n\r\n" })
        {
            Assert.DoesNotContain("$", await SendAsync(server.Address, bytes), StringComparison.Ordinal);
        }

        Assert.NotEmpty(await server.Client.GetStringAsync("body", Token));
    }

    [Fact]
    public async Task Events_tell_of_the_report_at_once_and_of_each_new_one()
    {
        var stamp = new LedgerStamp(1, DateTime.UnixEpoch);
        await using var server = await LiveServer.StartAsync(Open, () => stamp);
        using var reader = new StreamReader(await server.Client.GetStreamAsync("events", Token));

        Assert.Equal("event: report", await reader.ReadLineAsync(Token));
        var first = await reader.ReadLineAsync(Token);
        Assert.Equal("", await reader.ReadLineAsync(Token));
        _calls.Add(Sample.Call(TimeProvider.System.GetUtcNow().AddMinutes(-1), 99, "claude-new"));
        stamp = stamp with { Size = 2 };

        Assert.Equal("event: report", await reader.ReadLineAsync(Token));
        Assert.NotEqual(first, await reader.ReadLineAsync(Token));
        Assert.Contains("claude-new", await server.Client.GetStringAsync("body", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_told_by_the_address_and_by_the_bearer()
    {
        await using var server = await LiveServer.StartAsync(Open);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/metrics"));
        request.Headers.Authorization = new("Bearer", server.Address.Segments[1].TrimEnd('/'));

        using var answer = await server.Client.SendAsync(request, Token);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.StartsWith("# HELP costreport_cost_usd_total ", text, StringComparison.Ordinal);
        Assert.Equal(text, await server.Client.GetStringAsync("metrics", Token));
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_is_said_and_tried_again()
    {
        var (stamp, isLocked) = (new LedgerStamp(1, DateTime.UnixEpoch), false);
        await using var server = await LiveServer.StartAsync(_ => isLocked ? throw new LedgerException("It is <locked>.") : new FakeLedger(_calls), () => stamp);
        (stamp, isLocked) = (stamp with { Size = 2 }, true);

        using var page = await server.Client.GetAsync("", Token);
        using var metrics = await server.Client.GetAsync("metrics", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("It is &lt;locked&gt;.", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, metrics.StatusCode);
        using var body = await server.Client.GetAsync("body", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, body.StatusCode);
        Assert.Equal("It is <locked>.\n", await body.Content.ReadAsStringAsync(Token));

        (stamp, isLocked) = (stamp with { Size = 3 }, false);
        Assert.StartsWith("<a class", await server.Client.GetStringAsync("body", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_cleanly_with_a_page_open()
    {
        await using var server = await LiveServer.StartAsync(Open);
        using var reader = new StreamReader(await server.Client.GetStreamAsync("events", Token));
        await reader.ReadLineAsync(Token);

        var (code, errors) = await server.StopAsync();

        Assert.Equal(ExitCode.Fine, code);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.Client.GetStringAsync("body", Token));
    }

    [Fact]
    public async Task A_port_that_another_has_is_said()
    {
        await using var server = await LiveServer.StartAsync(Open);

        var (code, output, errors) = new TestProgram(new FakeLedger(_calls)).Run("serve", "--port", $"{server.Address.Port}");

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Empty(output);
        Assert.Contains($"--port {server.Address.Port} cannot be used", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("http")]
    public void What_is_no_port_is_refused(string port)
    {
        var (code, _, errors) = new TestProgram(new FakeLedger(_calls)).Run("serve", "--port", port);

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains("from 1 to 65535", errors, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port, Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Token);
        client.Client.Shutdown(SocketShutdown.Send);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, Token);
        }
        catch (IOException)
        {
            // The server may reset a connection that makes no sense.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    private FakeLedger Open(string? path) => new([.. _calls.OrderBy(c => c.Id)]);
}
