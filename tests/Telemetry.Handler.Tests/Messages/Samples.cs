namespace Telemetry.Handler.Tests.Messages;

/// <summary>Hand-written answers of each kind that the API gives.</summary>
internal static class Samples
{
    public const string Text = """
        event: message_start
        data: {"type":"message_start","message":{"model":"claude-opus-4-7","id":"msg_01","type":"message","role":"assistant","content":[],"stop_reason":null,"stop_details":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":30,"cache_read_input_tokens":400,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":3,"service_tier":"standard","inference_geo":"global"}}           }

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}  }

        event: ping
        data: {"type": "ping"}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße, 世界 😀"}     }

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a \"quoted\"\n\\ line \u00e9 \ud83d\ude00 \ud83d"} }

        event: content_block_stop
        data: {"type":"content_block_stop","index":0        }

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null,"stop_details":null},"usage":{"input_tokens":12,"cache_creation_input_tokens":30,"cache_read_input_tokens":400,"output_tokens":57,"output_tokens_details":{"thinking_tokens":9}}     }

        event: message_stop
        data: {"type":"message_stop"   }


        """;

    public const string ThinkingAndTools = """
        event: message_start
        data: {"type":"message_start","message":{"model":"claude-opus-5","id":"msg_02","content":[],"usage":{"input_tokens":2060,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":1,"speed":"fast"},"diagnostics":{"cache_miss_reason":{"type":"tools_changed","cache_missed_input_tokens":1500}}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"","estimated_tokens":50}       }

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"","estimated_tokens":null}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2lnbmF0dXJl"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"search","input":{},"caller":{"type":"direct"}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"query\": \"solar"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":" eclipse\"}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: something_new
        data: {"type":"something_new","usage":{"input_tokens":9999},"id":"not_this_one"}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use","container":{"id":"c"}},"usage":{"input_tokens":2088,"cache_creation_input_tokens":14789,"cache_read_input_tokens":46134,"output_tokens":700,"server_tool_use":{"web_search_requests":2,"web_fetch_requests":1},"iterations":[{"input_tokens":220,"output_tokens":34,"cache_read_input_tokens":0,"cache_creation_input_tokens":0,"type":"message"},{"type":"compaction","input_tokens":55196,"output_tokens":2000,"cache_creation":{"ephemeral_5m_input_tokens":7,"ephemeral_1h_input_tokens":8}},{"type":"advisor_message","model":"claude-opus-4-7","input_tokens":1,"output_tokens":2}]},"context_management":{"applied_edits":[{"type":"clear_tool_uses_20250919","cleared_input_tokens":5000}]}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    public const string ErrorInTheMiddle = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_03","model":"claude-haiku-4-5-20251001","content":[],"usage":{"input_tokens":8,"output_tokens":1}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"cut"}}

        event: error
        data: {"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"},"request_id":"req_9"}


        """;

    public const string Body = """
        {
          "model": "claude-opus-5", "id": "msg_04", "type": "message", "role": "assistant",
          "content": [
            {"type": "thinking", "thinking": "let me see", "signature": "c2ln"},
            {"type": "text", "text": "say \"hi\" 😀", "citations": [{"type": "x", "cited_text": "not output", "usage": {"input_tokens": 777}}]},
            {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {"query": ["a}", "b]", {"c": "\""}]}},
            {"type": "web_search_tool_result", "tool_use_id": "s1", "content": [{"type": "web_search_result", "text": "not output"}]},
            {"type": "redacted_thinking", "data": "AAAA"}
          ],
          "stop_reason": "refusal", "stop_details": {"type": "refusal", "category": "cyber", "explanation": null},
          "usage": {"input_tokens": 10, "cache_creation_input_tokens": 5, "cache_read_input_tokens": 6,
            "cache_creation": {"ephemeral_5m_input_tokens": 2, "ephemeral_1h_input_tokens": 3}, "output_tokens": 44,
            "output_tokens_details": {"thinking_tokens": 11}, "service_tier": "priority", "inference_geo": "us", "speed": "standard",
            "fallback_credit": {"status": {"type": "redeemed"}}, "pydantic_ai_gateway": {"cost_estimate": 0.1}},
          "diagnostics": null, "unknown": [[[{"type": "error"}]], 1.5e3, true, false, null, "\u00e9"]
        }
        """;

    public const string ErrorBody = """
        {"error":{"message":"prompt is too long: 200027 tokens > 200000 maximum","type":"invalid_request_error","details":{"error_code":"too_long"}},"request_id":"req_5","type":"error"}
        """;

    public const string TokenCount = """{"input_tokens": 2095, "context_management": {"original_input_tokens": 7000}}""";
}
