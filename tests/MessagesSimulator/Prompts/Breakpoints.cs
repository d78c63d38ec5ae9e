using System.Text.Json;
using MessagesSimulator.Errors;

namespace MessagesSimulator.Prompts;

/// <summary>The rules of where breakpoints may be.</summary>
internal static class Breakpoints
{
    private const int Most = 4;

    public static CacheTtl? MarkOf(JsonElement holder)
    {
        if (!holder.TryGetProperty("cache_control", out var control) || control.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var ttl = control.TryGetProperty("ttl", out var value) ? value.GetString() : "5m";
        return ttl switch
        {
            "5m" => CacheTtl.FiveMinutes,
            "1h" => CacheTtl.OneHour,
            _ => throw ApiException.Invalid($"cache_control.ttl: Input should be '5m' or '1h', not '{ttl}'"),
        };
    }

    /// <summary>Collects the explicit breakpoints, adds the automatic one, and refuses what the API refuses.</summary>
    /// <param name="blocks">The prompt's blocks.</param>
    /// <param name="automatic">The breakpoint asked for at the top of the request, if any.</param>
    /// <returns>The breakpoints in rising order.</returns>
    public static IReadOnlyList<(int Position, CacheTtl Ttl)> Collect(IReadOnlyList<PromptBlock> blocks, CacheTtl? automatic)
    {
        var found = new List<(int Position, CacheTtl Ttl)>();
        for (var position = 0; position < blocks.Count; position++)
        {
            if (blocks[position].Mark is { } ttl)
            {
                Refuse(!blocks[position].CanBeMarked, $"cache_control cannot be set for {Name(blocks[position])} blocks");
                found.Add((position, ttl));
            }
        }

        if (automatic is { } asked)
        {
            AddAutomatic(blocks, found, asked);
        }

        Refuse(found.Count > Most, $"A maximum of {Most} blocks with cache_control may be provided. Found {found.Count}.");
        Refuse(
            found.Zip(found.Skip(1)).Any(pair => pair.First.Ttl < pair.Second.Ttl),
            "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block");
        AddServerResults(blocks, found);
        return found;
    }

    /// <summary>What a server's tool gave is cached for five minutes, unasked, as soon as anything is; the rules of the others do not bind it.</summary>
    private static void AddServerResults(IReadOnlyList<PromptBlock> blocks, List<(int Position, CacheTtl Ttl)> found)
    {
        var last = blocks.Count - 1;
        while (last >= 0 && !blocks[last].IsServerResult)
        {
            last--;
        }

        if (last >= 0 && found.Count > 0 && found.TrueForAll(one => one.Position != last))
        {
            found.Insert(found.Count(one => one.Position < last), (last, CacheTtl.FiveMinutes));
        }
    }

    private static void AddAutomatic(IReadOnlyList<PromptBlock> blocks, List<(int Position, CacheTtl Ttl)> found, CacheTtl asked)
    {
        var last = blocks.Count - 1;
        while (last >= 0 && !blocks[last].CanBeMarked)
        {
            last--;
        }

        if (last < 0)
        {
            return;
        }

        if (found.Count > 0 && found[^1].Position == last)
        {
            Refuse(found[^1].Ttl != asked, "the automatic cache_control and the last block's have different ttls");
            return;
        }

        found.Add((last, asked));
    }

    private static string Name(PromptBlock block) => block.Kind is "text" ? "empty text" : block.Kind;

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw ApiException.Invalid(message);
        }
    }
}
