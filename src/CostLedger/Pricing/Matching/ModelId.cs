namespace CostLedger.Pricing.Matching;

/// <summary>
/// A model's id taken apart: what is the model's name, and what says where and how it runs. Forms: Claude API ids, Bedrock
/// ids with and without profile, Bedrock ARNs, Vertex ids with <c>@</c>, ids of gateways with a vendor before the slash,
/// dots for dashes, <c>~</c>, <c>:batch</c>, and the <c>[1m]</c> of Claude Code.
/// </summary>
internal sealed record ModelId
{
    private const string Vendor = "anthropic.";
    private const string BatchSuffix = ":batch";
    private const string GovCloudProfile = "us-gov";

    /// <summary>Profiles that may stand before a name without <c>anthropic.</c>; before it, every word is a profile.</summary>
    private static readonly string[] Profiles = ["global", "us", "eu", "jp", "au", "apac", "in", GovCloudProfile];

    /// <summary>The id in lower case, without what surrounds it.</summary>
    public required string Core { get; init; }

    /// <summary>The name with the decorations of all providers taken off, as the Claude API would spell it.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is spelled as on Bedrock.</summary>
    public bool IsBedrock { get; init; }

    /// <summary>The Bedrock profile's geography, for example <c>us</c>; null for an id without a profile.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether it is an ARN that tells neither its model nor the profile behind it.</summary>
    public bool IsOpaque { get; init; }

    /// <summary>Whether it names AWS GovCloud.</summary>
    public bool IsGovCloud { get; init; }

    /// <summary>Whether it asks for a batch.</summary>
    public bool IsBatch { get; init; }

    /// <summary>The id without its Bedrock profile.</summary>
    public string Base => Profile is null ? Core : Core[(Profile.Length + 1)..];

    public static ModelId Parse(string text)
    {
        var core = text.Trim().ToLowerInvariant();
        return core.StartsWith("arn:", StringComparison.Ordinal) ? ParseArn(core) : ParsePlain(core);
    }

    private static ModelId ParsePlain(string text)
    {
        var core = Spelling.WithoutContextMark(text[(text.LastIndexOf('/') + 1)..].TrimStart('~'));
        var isBatch = core.EndsWith(BatchSuffix, StringComparison.Ordinal);
        core = Spelling.WithoutContextSuffix(isBatch ? core[..^BatchSuffix.Length] : core);
        var profile = FindProfile(core);
        var name = profile is null ? core : core[(profile.Length + 1)..];
        return new ModelId
        {
            Core = core,
            Name = Simplify(name),
            IsBedrock = profile is not null || name.StartsWith(Vendor, StringComparison.Ordinal),
            Profile = profile,
            IsGovCloud = string.Equals(profile, GovCloudProfile, StringComparison.Ordinal),
            IsBatch = isBatch,
        };
    }

    // arn:partition:bedrock:region:account:kind/id
    private static ModelId ParseArn(string arn)
    {
        var parts = arn.Split(':', 6);
        var resource = parts.Length == 6 ? parts[5] : "";
        var isModel = resource.StartsWith("inference-profile/", StringComparison.Ordinal)
            || resource.StartsWith("foundation-model/", StringComparison.Ordinal);
        var id = isModel ? ParsePlain(resource) : new ModelId { Core = arn, Name = arn, IsOpaque = true };
        var isGovCloud = string.Equals(parts[1], "aws-us-gov", StringComparison.Ordinal)
            || (parts.Length > 3 && parts[3].StartsWith("us-gov-", StringComparison.Ordinal));
        return id with { IsBedrock = true, IsGovCloud = id.IsGovCloud || isGovCloud };
    }

    private static string? FindProfile(string core)
    {
        var dot = core.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0)
        {
            return null;
        }

        var word = core[..dot];
        var rest = core.AsSpan(dot + 1);
        var isProfile = rest.StartsWith(Vendor, StringComparison.Ordinal)
            || (rest.StartsWith("claude-", StringComparison.Ordinal) && Profiles.Contains(word, StringComparer.Ordinal));
        return isProfile ? word : null;
    }

    private static string Simplify(string name)
    {
        name = name.StartsWith(Vendor, StringComparison.Ordinal) ? name[Vendor.Length..] : name;
        name = Spelling.WithoutAt(Spelling.WithoutPackage(name));
        return Spelling.WithoutContextPart(Spelling.WithDashes(name));
    }
}
