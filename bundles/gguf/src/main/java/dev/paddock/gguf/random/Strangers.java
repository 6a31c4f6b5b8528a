package dev.paddock.gguf.random;

import java.util.List;

/** Names that llama.cpp knows, to be put where they do not belong. */
final class Strangers {
    /** Architectures; one of them is none. */
    static final List<String> ARCHITECTURES = words("""
            llama llama4 deci falcon grok gpt2 gptneox mpt baichuan starcoder refact bert modern-bert nomic-bert
            nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert bloom stablelm qwen qwen2 qwen2moe qwen2vl
            qwen3 qwen3moe qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe phi2 phi3 phimoe plamo plamo2 plamo3
            codeshell orion internlm2 minicpm minicpm3 gemma gemma2 gemma3 gemma3n gemma4 gemma-embedding starcoder2
            mamba mamba2 jamba falcon-h1 xverse command-r cohere2 cohere2moe dbrx olmo olmo2 olmoe openelm arctic
            deepseek deepseek2 deepseek2-ocr deepseek32 chatglm glm4 glm4moe glm-dsa bitnet t5 t5encoder jais jais2
            nemotron nemotron_h nemotron_h_moe exaone exaone4 exaone-moe rwkv6 rwkv6qwen2 rwkv7 arwkv7 granite
            granitemoe granitehybrid chameleon wavtokenizer-dec plm bailingmoe bailingmoe2 dots1 arcee afmoe laguna
            ernie4_5 ernie4_5-moe hunyuan-moe hunyuan-dense smollm3 gpt-oss lfm2 lfm2moe dream smallthinker llada
            llada-moe seed_oss grovemoe apertus minimax-m2 cogvlm rnd1 pangu-embedded mistral3 mistral4 paddleocr
            mimo2 step35 llama-embed maincoder kimi-linear eagle3 dflash talkie mellum nanbeige clip nosuch
            """);

    /** Metadata keys behind the name of an architecture. */
    static final List<String> KEYS = words("""
            vocab_size context_length embedding_length embedding_length_out features_length block_count
            leading_dense_block_count attn_res.block_size activation.situ_beta feed_forward_length
            expert_feed_forward_length swiglu_clamp_exp swiglu_clamp_shexp use_parallel_residual tensor_data_layout
            expert_count expert_used_count expert_shared_count expert_group_count expert_group_used_count
            expert_weights_scale expert_weights_norm expert_latent_length expert_gating_func expert_group_scale
            experts_per_group moe_every_n_layers moe_latent_size nextn_predict_layers n_deepstack_layers
            deepstack_mapping hidden_activation pooling_type logit_scale decoder_start_token_id decoder_block_count
            attn_logit_softcapping router_logit_softcapping final_logit_softcapping swin_norm rescale_every_n_layers
            time_mix_extra_dim time_decay_extra_dim residual_scale embedding_scale adapters.count adapters.lora_rank
            adapters.router_gain token_shift_count interleave_moe_layer_step full_attention_interval num_loops
            skip_loop_final_norm hrm.layers_per_stack hrm.h_cycles hrm.l_cycles hrm.prefix_lm attention.head_count
            attention.head_count_kv attention.max_alibi_bias attention.clamp_kqv attention.key_length
            attention.value_length attention.causal attention.q_lora_rank attention.kv_lora_rank
            attention.decay_lora_rank attention.iclr_lora_rank attention.gate_lora_rank attention.sliding_window
            attention.rope_pattern attention.scale attention.output_scale attention.value_scale
            attention.key_length_mla attention.value_length_mla attention.key_length_swa attention.value_length_swa
            attention.kv_lora_rank_swa attention.indexer.top_k attention.indexer.types attention.output_lora_rank
            attention.compress_ratios attention.shared_kv_layers attention.recurrent_layers hyper_connection.count
            hyper_connection.epsilon hyper_connection.magnitude hyper_connection.low_rank ple.layers ple.ngram_size
            ple.heads_per_ngram ple.conv_kernel ple.layer_multipliers ple.head_offsets ple.head_vocab_sizes
            ple.eos_token_id ple.image_token_id hash_layer_count rope.dimension_count rope.dimension_count_swa
            rope.dimension_sections rope.freq_base rope.freq_base_swa rope.scale_linear rope.scaling.type
            rope.scaling.factor rope.scaling.alpha rope.scaling.attn_factor rope.scaling.finetuned ssm.conv_kernel
            ssm.inner_size ssm.state_size ssm.time_step_rank ssm.group_count ssm.dt_b_c_rms kda.head_dim
            kda.safe_gate kda.gate_lower_bound wkv.head_size posnet.embedding_length posnet.block_count
            convnext.embedding_length convnext.block_count classifier.output_labels target_layers target_hidden_size
            norm_before_residual norm_before_fc block_size conv_kernel_size conv_group_size selector_rank
            selector_top_k shortconv.l_cache dense_2_feat_in dense_2_feat_out dense_3_feat_in dense_3_feat_out
            embedding_length_per_layer_input activation.situ_linear_beta expert_shared_feed_forward_length
            expert_chunk_feed_forward_length adapters.token_ids_activate adapters.token_ids_substitute
            attention.layer_norm_epsilon attention.layer_norm_rms_epsilon attention.group_norm_epsilon
            attention.group_norm_groups attention.value_residual_mix_lora_rank attention.relative_buckets_count
            attention.sliding_window_pattern attention.temperature_length attention.temperature_scale
            attention.key_length_mla_swa attention.value_length_mla_swa attention.indexer.head_count
            attention.indexer.key_length attention.indexer.block_size attention.indexer.local_blocks
            attention.output_group_count attention.compress_rope_freq_base hyper_connection.sinkhorn_iterations
            rope.scaling.original_context_length rope.scaling.yarn_log_multiplier rope.scaling.yarn_ext_factor
            rope.scaling.yarn_attn_factor rope.scaling.yarn_beta_fast rope.scaling.yarn_beta_slow
            """);

    /** Metadata keys of tokenizers. */
    static final List<String> TOKENIZER_KEYS = words("""
            add_bos_token add_eos_token add_sep_token add_space_prefix bos_token_id cls_token_id eom_token_id
            eos_token_id eot_token_id fim_mid_token_id fim_pad_token_id fim_pre_token_id fim_rep_token_id
            fim_sep_token_id fim_suf_token_id mask_token_id merges middle_token_id model normalizer.lowercase
            normalizer.strip_accents padding_token_id pre precompiled_charsmap prefix_token_id
            remove_extra_whitespaces scores seperator_token_id suffix_token_id suppress_tokens token_type
            token_type_count tokens unknown_token_id
            """);

    /** Kinds of tokenizers. */
    static final List<String> TOKENIZERS = words("""
            llama bert gpt2 t5 rwkv plamo2 gemma4 no_vocab none hybriddna whitespace nosuch
            """);

    /** Ways to cut text before it is tokenized. */
    static final List<String> PRE_TOKENIZERS = words("""
            default llama-bpe deepseek-llm deepseek-coder deepseek-v3 falcon mpt starcoder gpt-2 jina-v2-code refact
            command-r qwen2 qwen35 stablelm2 olmo dbrx smaug-bpe poro-chat chatglm-bpe viking jais jais-2 tekken
            smollm codeshell bloom gpt3-finnish exaone exaone-moe chameleon minerva-7b gpt-4o superbpe trillion
            bailingmoe seed-coder hunyuan hunyuan-dense kimi-k2 grok-2 afmoe minimax-m2 solar-open gemma4 whitespace
            youtu sarvam-moe
            """);

    /** Values of texts. */
    static final List<String> WORDS = words("""
            yarn linear longrope none silu gelu relu spm default mean rank 0 -1 llama
            """);

    private Strangers() {}

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
