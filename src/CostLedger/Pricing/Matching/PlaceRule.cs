using CostLedger.Pricing.Rows;
using CostLedger.Records;

namespace CostLedger.Pricing.Matching;

/// <summary>Which price key a call falls under: who bills it, and for which kind of place.</summary>
/// <param name="Key">The price key.</param>
/// <param name="IsCertain">False when the place is not known and the cheaper kind was assumed.</param>
/// <param name="Why">Why, in words.</param>
internal readonly record struct PlaceRule(string Key, bool IsCertain, string Why)
{
    private const string GlobalName = "global";

    public static PlaceRule For(Provider provider, string? location, ModelId id, string bareBedrockId) => provider switch
    {
        Provider.Bedrock or Provider.BedrockMantle => ForBedrock(provider, location, id, bareBedrockId),
        Provider.Vertex => ForVertex(location),
        Provider.Foundry => new PlaceRule(PriceKeys.Foundry, true, "Microsoft Foundry"),
        Provider.Anthropic when id.IsBedrock => ForBedrock(provider, location, id, bareBedrockId),
        Provider.ClaudeOnAws => new PlaceRule(PriceKeys.Anthropic, true, "Claude Platform on AWS bills the Claude API's prices"),
        Provider.GoogleCloud => new PlaceRule(PriceKeys.Anthropic, true, "Claude on Google Cloud, managed by Anthropic, bills the Claude API's prices"),
        _ => new PlaceRule(PriceKeys.Anthropic, true, "the Claude API"),
    };

    private static PlaceRule ForBedrock(Provider provider, string? location, ModelId id, string bareBedrockId)
    {
        if (id.IsGovCloud || location?.StartsWith("us-gov-", StringComparison.OrdinalIgnoreCase) == true)
        {
            return new PlaceRule(PriceKeys.BedrockGovCloud, true, "AWS GovCloud");
        }

        if (id.Profile is { } profile)
        {
            return string.Equals(profile, GlobalName, StringComparison.Ordinal)
                ? new PlaceRule(PriceKeys.Bedrock, true, "the Bedrock profile is global")
                : new PlaceRule(PriceKeys.BedrockRegional, true, $"the Bedrock profile is of one geography, {profile}");
        }

        var isBare = (id.IsBedrock && !id.IsOpaque) || provider == Provider.BedrockMantle;
        return isBare
            ? new PlaceRule(bareBedrockId, true, "the Bedrock id has no profile; the price file's bare_bedrock_id decides")
            : new PlaceRule(bareBedrockId, false, "the Bedrock profile is not known; the price file's bare_bedrock_id decides");
    }

    private static PlaceRule ForVertex(string? location) => location switch
    {
        null or "" => new PlaceRule(PriceKeys.Vertex, false, "the Vertex location is not known; the global price was taken"),
        _ when string.Equals(location, GlobalName, StringComparison.OrdinalIgnoreCase) =>
            new PlaceRule(PriceKeys.Vertex, true, "the Vertex location is global"),
        _ => new PlaceRule(PriceKeys.VertexRegional, true, $"the Vertex location is {location}"),
    };
}
