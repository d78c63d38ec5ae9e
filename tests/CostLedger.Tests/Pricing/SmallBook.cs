using System.Text;
using CostLedger.Pricing;

namespace CostLedger.Tests.Pricing;

/// <summary>The smallest price file that is right, to be changed in one place.</summary>
internal static class SmallBook
{
    public const string Text = """
        {
          "date": "2026-01-01", "currency": "USD",
          "providers": {
            "anthropic": { "description": "a", "without_row": null },
            "bedrock": { "description": "b", "without_row": { "use": "anthropic", "factor": 1, "models_from": null } },
            "bedrock-regional": { "description": "c", "without_row": { "use": "bedrock", "factor": 1.1, "models_from": "2025-09-29" } },
            "bedrock-govcloud": { "description": "d", "without_row": { "use": "bedrock", "factor": 1.2, "models_from": null } },
            "vertex": { "description": "e", "without_row": { "use": "anthropic", "factor": 1, "models_from": null } },
            "vertex-regional": { "description": "f", "without_row": { "use": "vertex", "factor": 1.1, "models_from": "2025-09-29" } },
            "foundry": { "description": "g", "without_row": { "use": "anthropic", "factor": 1, "models_from": null } }
          },
          "bare_bedrock_id": "bedrock",
          "aliases": { "our-deployment": "claude-test-1" },
          "refusals_before_output": {
            "source": "s",
            "periods": [
              { "from": null, "until": "2026-09-24", "billed": [], "unbilled": null },
              { "from": "2026-09-24", "until": null, "billed": ["bio"], "unbilled": ["cyber"] }
            ]
          },
          "server_tools": {
            "web_search_per_1000": 10, "web_search_errors_billed": false, "web_fetch_per_1000": 0,
            "code_execution_per_container_hour": 0.05, "code_execution_free_hours_per_month": 1550,
            "code_execution_minimum_minutes": 5, "code_execution_free_with": [], "managed_agents_session_hour": 0.08, "source": "s"
          },
          "multipliers": {
            "cache_write_5m": 1.25, "cache_write_1h": 2, "cache_read": 0.1, "cache_read_exceptions": [],
            "batch": 0.5, "us_geo": 1.1, "cloud_regional": 1.1, "govcloud": 1.2, "stacking": "all multiply"
          },
          "image_tokens": {
            "patch_pixels": 28,
            "standard": { "max_edge": 1568, "max_tokens": 1568 },
            "models_4_7_and_later": { "max_edge": 2576, "max_tokens": 4784 }
          },
          "pdf_text_tokens_per_page": [1500, 3000],
          "tool_prompt_tokens_source": "s",
          "sources": { "A": "a source" },
          "models": [
            {
              "model": "claude-test-1", "context_window": 200000, "max_output": 4096, "min_cacheable_tokens": null,
              "tool_prompt_tokens": null,
              "providers": [
                {
                  "provider": "anthropic", "us_geo_multiplier": 1.1, "confidence": "high",
                  "sources": ["A"],
                  "aliases": ["claude-test-one"],
                  "periods": [
                    {
                      "from": "2026-01-01", "until": null,
                      "standard": { "input": 3, "output": 15, "cache_write_5m": 3.75, "cache_write_1h": 6, "cache_read": 0.3 },
                      "batch": { "input": 1.5, "output": 7.5, "cache_write_5m": 1.875, "cache_write_1h": 3, "cache_read": 0.15 }
                    }
                  ]
                }
              ]
            }
          ]
        }
        """;

    public static PriceBook With(Func<string, string> change) => PriceBook.Parse(Encoding.UTF8.GetBytes(change(Text)), "test.json");

    public static PriceBook With(string old, string replacement) => With(text =>
        text.Contains(old, StringComparison.Ordinal)
            ? text.Replace(old, replacement, StringComparison.Ordinal)
            : throw new ArgumentException($"the test's file does not hold {old}", nameof(old)));
}
