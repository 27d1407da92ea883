//! The behaviour of `orm`, the same on every database.

mod tables;

mod actions;
mod affinity;
mod arguments;
mod arity;
mod attacked;
mod batch;
mod by_hand;
mod bytes;
mod canary;
mod causes;
mod changes;
mod conflicts;
mod connecting;
mod create;
mod dropped;
mod dynamic;
mod ended;
mod errors;
mod executor;
mod expression_keys;
mod foreign_keys;
mod guards;
mod handwritten;
mod healing;
mod joins;
mod kept_out;
mod like;
mod loose;
mod lost;
mod made;
mod making;
mod migrate;
mod moments;
mod one_statement;
mod own_names;
mod pages;
mod patterns;
mod proposals;
mod query;
mod races;
mod rails;
mod refused;
mod replaced_types;
mod rows;
mod savepoints;
mod scenarios;
mod secrets;
mod sequences;
mod server;
mod slots;
mod smoke;
mod streams;
mod tasks;
mod transaction;
mod types;
mod unseen;
mod upsert;
mod verify;
mod windows;
mod wire;

use crate::batch::{
    carriers as batch_carriers, duplicates as batch_duplicates, faults as batch_faults,
    limits as batch_limits, model as batch_model, nothing_left as batch_nothing_left,
    order as batch_order, results as batch_results, staging as batch_staging, told as batch_told,
    triggers as batch_triggers,
};

use crate::migrate::{found as migrate_found, runner as migrate_runner, steps as migrate_steps};

#[expect(clippy::too_many_lines, reason = "it is the list of all tests")]
fn main() -> std::process::ExitCode {
    let mut all = attacked::cases();
    all.extend(orm_tests::cases! {
        upsert {
            a_new_row_is_inserted_and_given_back,
            a_stored_row_is_updated_in_the_named_columns_only,
            update_all_spares_the_keys_and_what_is_written_once,
            none_is_null_and_overwrites,
            a_composite_key_is_named_in_any_order,
            do_nothing_keeps_the_stored_row,
            an_older_record_is_skipped_and_an_equal_one_is_not,
            a_stored_null_version_is_older_than_any,
            a_guard_sees_both_rows,
            outcome_without_a_guard_is_inserted_or_updated,
            a_row_inserted_in_the_same_transaction_counts_as_updated,
            a_borrowed_record_supplies_only_its_columns,
            another_key_that_is_taken_is_a_typed_error,
            an_error_shows_no_value,
            a_key_that_the_database_lacks_is_named,
            an_error_names_what_is_missing_or_of_another_type,
        }
        actions {
            upsert_on_is_short_for_update_all,
            update_except_spares_a_column,
            a_column_is_set_to_a_value,
            a_column_is_computed_from_both_rows,
            coalesce_keeps_what_the_record_has_not,
            get_or_insert_gives_the_row_either_way,
            sixteen_get_or_insert_find_one_row,
            some_columns_come_back_as_a_tuple,
            keys_on_expressions_and_of_some_rows_are_targets,
        }
        batch_results {
            every_carrier_and_size_gives_the_same,
            outcomes_are_those_of_the_records,
            each_result_is_told_of_a_table,
            nothing_is_left_out_on_any_conflict,
        }
        batch_results on postgres {
            each_result_is_told_of_partitions_and_views,
            counting_puts_no_rows_on_the_wire,
        }
        batch_order {
            writers_in_opposite_orders_never_deadlock,
            writers_of_new_keys_on_any_conflict_never_deadlock,
        }
        batch_order on postgres { without_the_order_they_do_deadlock }
        batch_model {
            a_plain_key_is_like_the_model,
            a_key_of_two_with_nulls_is_like_the_model,
            a_partial_key_is_like_the_model,
            a_key_on_an_expression_is_like_the_model,
            one_batch_of_many_is_many_batches_of_one,
            writers_converge_to_the_newest,
        }
        batch_triggers { swallowed_records_are_skipped_and_the_others_keep_their_places }
        batch_triggers on postgres {
            swallowed_records_are_skipped_on_partitions_too,
            a_trigger_may_change_the_key,
        }
        batch_duplicates {
            duplicates_are_an_error_that_names_them,
            a_record_that_a_guard_skips_is_a_duplicate_too,
            the_predicate_of_a_key_may_read_what_no_record_supplies,
        }
        batch_duplicates on sqlite { equal_is_what_nocase_calls_equal }
        batch_duplicates on postgres {
            equal_is_what_a_collation_calls_equal,
            equal_is_what_is_stored_as_the_same,
            equal_is_what_is_the_same_number,
        }
        batch_duplicates on postgres >= 15 {
            null_is_a_key_where_it_is_declared_so,
        }
        batch_nothing_left {
            a_bad_record_is_named_and_nothing_is_written,
            the_first_of_several_bad_records_is_named,
            a_transaction_goes_on_after_a_batch_that_failed,
            a_dropped_batch_leaves_nothing,
            progress_is_told_once_and_in_order,
        }
        batch_nothing_left on sqlite { records_that_sqlite_refuses_are_named }
        batch_nothing_left on postgres {
            records_that_postgres_refuses_are_named,
            connections_and_transactions_of_sqlx_go_on,
        }
        batch_staging on sqlite {
            batches_of_one_shape_share_a_table_and_leave_it_empty,
            batches_of_two_shapes_do_not_meet,
            what_is_left_in_it_is_not_read,
            a_transaction_that_is_rolled_back_takes_it_along,
            a_batch_that_fails_or_is_dropped_leaves_nothing_there,
            the_tables_of_many_tables_do_not_pile_up,
        }
        batch_faults { a_killed_client_leaves_nothing_of_a_batch }
        batch_faults on own_server {
            a_killed_backend_leaves_nothing_of_a_batch,
            a_killed_server_leaves_nothing_of_a_batch,
            a_backend_killed_while_it_writes_leaves_nothing,
        }
        batch_carriers on postgres {
            auto_takes_the_way_of_their_number_and_types,
            a_copy_is_one_however_many_records_there_are,
        }
        batch_limits {
            records_may_supply_nothing,
            no_records_are_no_statement_and_one_is_one,
            as_many_binds_as_there_may_be_and_one_record_more,
            a_million_records_are_written,
        }
        migrate_found {
            what_is_made_is_what_is_declared,
            three_hundred_tables_are_read,
        }
        migrate_found on sqlite { all_that_sqlite_has_is_found }
        migrate_found on postgres { all_that_postgres_has_is_found }
        migrate_found on postgres >= 15 { nulls_that_are_equal_are_found }
        migrate_steps {
            any_schema_becomes_any_other_and_comes_back,
            values_are_kept_and_losses_are_told,
        }
        migrate_runner {
            what_is_pending_is_applied_and_taken_back,
            a_statement_that_fails_leaves_nothing_of_its_migration,
            what_was_changed_or_is_missing_is_refused,
            a_way_that_is_not_there_is_refused,
            several_runners_apply_each_migration_once,
            a_runner_that_is_dropped_leaves_nothing_half_done,
            what_was_generated_runs_both_ways_and_keeps_children,
        }
        migrate_runner on sqlite { sqlite_loses_no_trigger_and_no_parent }
        migrate_runner on postgres {
            an_index_is_made_concurrently_while_another_runner_waits,
            what_failed_outside_of_a_transaction_is_marked,
            a_lock_of_others_is_waited_for,
        }
        migrate_steps on sqlite { a_rebuilt_table_keeps_its_rows }
        migrate_steps on postgres { an_enum_loses_a_label_that_nobody_has }
        pages {
            pages_are_in_the_order_of_expressions_with_values,
            a_cursor_is_of_one_table_and_one_order,
            a_cursor_stays_good_from_version_to_version,
        }
        batch_told {
            a_value_that_cannot_be_read_is_told_by_its_column,
            a_value_that_cannot_be_written_is_told_by_its_column,
        }
        batch_told on postgres {
            what_only_the_database_calls_the_same_is_named,
            a_record_that_gives_its_row_the_key_of_another_is_named,
            several_rows_of_a_sub_query_are_no_duplicates,
        }
        guards {
            keep_newer_skips_a_replay,
            a_null_version_is_older_than_any_and_no_newer_than_null,
            a_tuple_of_versions_is_compared_in_order,
            skip_unchanged_writes_only_what_differs,
            a_tables_own_guard_holds_unless_it_is_taken_away,
        }
        actions on postgres { partitions_and_views_tell_what_became_of_a_record }
        query {
            a_row_is_found_by_each_of_its_keys,
            a_key_on_an_expression_finds_what_it_holds_for_equal,
            a_row_that_is_not_there_is_none_or_not_found,
            filters_choose_rows,
            filters_are_pushed_in_an_if_and_in_a_loop,
            order_and_limit_are_kept,
            counting_and_asking_need_no_order,
            what_looks_like_sql_is_a_value,
            sqlx_reads_the_struct_too,
        }
        changes {
            functions_give_the_same,
            filters_mean_the_same,
            orders_put_nulls_where_they_are_told,
            a_cursor_of_another_order_is_refused,
            many_rows_are_updated_by_records,
            records_that_update_a_row_twice_are_refused,
            updates_in_opposite_orders_never_deadlock,
            an_update_of_nothing_or_twice_is_refused,
            sql_of_ones_own_is_read_into_what_is_asked_for,
        }
        changes on postgres { arrays_are_looked_into }
        tasks {
            a_search_form_with_optional_filters,
            a_leaderboard,
            an_inbox_read_page_by_page,
            a_job_queue_that_skips_what_others_have_taken,
            a_report_by_month,
            a_bulk_price_change,
            the_latest_row_of_each_shop,
            a_card_of_some_columns,
            a_drop_down_of_what_there_is,
            a_row_edited_and_saved,
            old_rows_cleared_away,
            an_export_of_any_size_as_it_comes,
        }
        executor {
            one_function_runs_on_either_database,
            a_db_runs_everything,
            our_transaction_runs_everything,
            a_generic_function_takes_any_of_them,
        }
        executor on postgres {
            a_pool_of_sqlx_runs_everything_on_postgres,
            a_connection_of_sqlx_runs_everything_on_postgres,
            a_transaction_of_sqlx_runs_everything_on_postgres,
        }
        executor on sqlite {
            a_pool_of_sqlx_runs_everything_on_sqlite,
            a_connection_of_sqlx_runs_everything_on_sqlite,
            a_transaction_of_sqlx_runs_everything_on_sqlite,
        }
        transaction {
            ok_commits,
            err_rolls_back_and_comes_out,
            dropped_half_way_it_rolls_back,
            it_runs_in_a_spawned_task,
            it_runs_in_a_handler_that_borrows,
            a_handle_kept_too_long_is_refused,
            an_error_that_was_swallowed_is_not_called_success,
        }
        transaction on postgres {
            a_serialization_failure_runs_again,
            a_conflict_that_was_swallowed_is_not_called_success,
        }
        healing on postgres {
            sqlx_alone_fails_for_ever,
            outside_of_transactions_nobody_notices,
            what_was_refused_is_sent_once_more,
            a_transaction_of_ours_runs_again,
            in_a_transaction_of_the_callers_it_is_transient,
            a_connection_of_the_callers_is_healed_by_the_error,
        }
        sequences on postgres {
            every_terminal_says_that_it_is_behind,
            another_key_or_an_id_of_ones_own_says_nothing_of_it,
        }
        sequences on sqlite { a_database_without_sequences_goes_on_behind_the_rows }
        errors {
            a_row_at_fault_is_told_by_every_terminal,
            a_trigger_that_quotes_the_row_is_not_quoted,
            a_value_that_cannot_be_written_or_read_names_its_column,
            a_key_that_is_missing_is_told_by_every_terminal,
            who_may_only_read_is_refused,
            a_pool_that_has_nothing_left_times_out,
        }
        errors on postgres {
            a_zero_byte_is_refused_by_the_server,
            a_server_that_waits_too_long_says_so,
        }
        errors on sqlite { an_old_server_is_told_with_both_versions }
        errors on postgres < 15 { an_old_server_is_told_with_both_versions }
        patterns {
            a_job_that_runs_again_updates_what_it_names,
            a_seed_is_inserted_once,
            every_value_comes_from_the_record,
            a_requeued_job_spares_what_is_ready,
            the_row_comes_back_either_way,
            a_catalogue_is_written_at_once,
            a_dependent_row_comes_with_its_parent_or_not_at_all,
        }
        scenarios {
            a_live_game_is_inserted_and_then_updated,
            a_backfill_does_not_overwrite_live_data,
            the_same_data_again_changes_nothing,
            the_newest_of_two_workers_wins_in_either_order,
        }
        races {
            what_was_inserted_and_deleted_adds_up,
            one_of_many_writers_has_inserted,
        }
        races on sqlite { a_second_writer_of_a_file_is_busy }
        races on postgres {
            the_newest_of_two_writers_wins_in_either_order,
            an_upsert_that_waited_for_a_delete_inserts,
            one_of_many_writers_has_inserted_into_a_partition,
            a_parent_does_not_wait_for_its_children,
            parents_upserted_crosswise_do_not_deadlock,
            a_row_behind_the_snapshot_is_a_serialization_failure,
            a_serializable_transaction_runs_again,
        }
        rails {
            a_dropped_call_leaves_a_clean_pool,
            more_values_than_a_statement_takes_are_refused,
        }
        rows {
            a_null_behind_a_value_is_told,
            a_value_behind_a_null_is_told,
        }
        rows on sqlite { a_text_behind_a_number_is_told }
        rails on sqlite { a_file_is_made_with_its_rails }
        rails on postgres {
            sqlx_alone_loses_writes_after_a_cancelled_begin,
            a_cancelled_begin_loses_none_of_1200_writes,
            what_is_refused_for_its_size_is_not_sent,
            a_batch_dropped_in_our_transaction_takes_it_along,
            a_single_statement_is_all_that_is_said,
            what_sql_of_the_callers_has_opened_is_ended,
            a_connection_that_died_is_replaced,
        }
        lost on postgres {
            before_the_commit_nothing_is_there,
            after_the_commit_all_is_there,
            in_a_statement_the_upsert_can_be_sent_again,
        }
        types {
            what_is_written_is_read_again,
            a_type_of_ones_own_is_set_and_guarded,
            types_of_ones_own_come_back,
            whole_numbers_come_back,
            numbers_with_a_fraction_come_back,
            texts_and_bytes_come_back,
            json_comes_back,
            times_of_chrono_come_back,
            times_of_the_time_crate_come_back,
            what_the_database_puts_in_is_equal_to_what_is_sent,
            megabytes_come_back,
            two_hundred_columns_come_back,
            what_a_record_borrows_is_stored,
        }
        types on sqlite {
            numbers_without_a_sign_come_back_on_sqlite,
            uuids_as_text_come_back_on_sqlite,
            sqlite_has_no_nan,
        }
        types on postgres {
            what_floats_have_beside_numbers_comes_back_on_postgres,
            decimals_come_back_on_postgres,
            json_as_it_was_written_comes_back_on_postgres,
            the_first_and_last_times_come_back_on_postgres,
            spans_come_back_on_postgres,
            slices_are_stored_as_arrays,
            addresses_and_bits_come_back_on_postgres,
            ranges_come_back_on_postgres,
            arrays_come_back_on_postgres,
            a_text_without_case_is_found_as_its_key_compares,
            domains_and_composites_come_back_on_postgres,
            arrays_of_types_of_ones_own_come_back_on_postgres,
        }
        dynamic {
            a_row_of_values_is_upserted,
            many_rows_of_values_are_upserted,
            rows_that_are_not_alike_are_refused,
            as_many_columns_as_a_table_has_are_carried,
            it_runs_in_a_transaction,
            mistakes_are_told_before_anything_is_sent,
            wrong_descriptions_are_refused,
            keys_that_cannot_be_are_refused,
            names_that_clash_or_are_empty_are_refused,
            roles_that_contradict_each_other_are_refused,
            foreign_keys_of_several_columns_that_say_nonsense_are_refused,
            rows_that_do_not_fit_are_refused,
            everything_described_is_made,
            any_name_can_be_that_of_a_table_or_a_column,
            numbers_of_both_kinds_share_a_column,
            a_key_of_any_type_is_found_again,
            every_action_by_names_is_like_the_typed_one,
            every_guard_by_names_is_like_the_typed_one,
            inserts_by_names_are_like_the_typed_ones,
            a_sequence_that_is_behind_is_told_of_by_names_too,
            rows_are_found_by_their_keys,
            rows_are_filtered_by_names,
            rows_are_ordered_limited_and_streamed_by_names,
            rows_are_changed_by_names,
            mistakes_in_queries_by_names_are_told,
            lists_may_be_long,
            mistakes_in_an_upsert_by_names_are_told,
            mistakes_in_a_guard_or_target_by_names_are_told,
            rows_that_the_columns_cannot_hold_are_told_of,
            statements_by_names_show_no_values,
            values_of_every_type_come_back,
        }
        dynamic on sqlite { what_sqlite_would_change_is_refused }
        dynamic on postgres {
            values_of_every_type_of_postgres_come_back,
            texts_without_case_are_compared_as_their_column_compares,
            rows_mix_values_of_one_column_that_travel_in_two_ways,
            texts_become_values_of_the_declared_type,
            too_long_a_text_is_refused_and_not_cut,
        }
        create {
            making_tables_twice_changes_nothing,
            eight_at_once_make_the_same_table,
            declared_keys_and_nulls_are_enforced,
            the_default_of_now_is_what_the_encoder_writes,
            everything_declared_is_made_and_enforced,
        }
        create on sqlite { what_a_database_lacks_is_refused }
        foreign_keys {
            those_of_several_columns_are_made_in_a_circle,
            those_of_several_columns_that_are_missing_are_told,
            those_of_several_columns_are_described,
            those_of_several_columns_need_a_key,
            those_of_several_columns_point_into_a_schema,
        }
        making {
            tables_are_made_in_any_order_and_in_circles,
            a_table_pointed_to_has_to_be_there,
            an_enum_is_made_with_the_labels_that_are_written,
            the_catalogue_says_what_was_declared,
        }
        making on postgres { a_schema_is_made }
        verify {
            what_was_made_is_what_was_declared,
            everything_that_differs_is_told_at_once,
            a_missing_key_comes_with_its_nearest_and_its_cure,
            another_predicate_is_no_key,
            a_column_nobody_declared_may_be_in_the_way,
            a_described_table_is_verified_too,
        }
        verify on postgres {
            each_drift_is_one_finding,
            an_index_that_is_not_valid_is_no_key,
            a_reader_can_verify_in_a_read_only_transaction,
        }
        one_statement on postgres {
            an_upsert_sends_what_hand_written_sqlx_sends,
            an_outcome_is_one_round_trip,
            a_look_up_and_an_insert_are_one_round_trip,
            a_batch_is_one_round_trip,
            a_mistake_sends_nothing,
            verifying_asks_as_often_for_fifty_tables_as_for_one,
        }
        smoke { a_site_is_empty, two_sites_do_not_see_each_other }
        smoke on postgres { connections_left_open_do_not_block }
        wire on postgres {
            one_prepared_statement_is_one_round_trip,
            a_cut_line_is_an_error_and_can_be_replaced,
            a_lost_answer_leaves_the_work_done,
        }
        server on own_server {
            it_keeps_its_data_over_a_stop,
            it_keeps_its_data_over_a_kill,
            it_survives_the_kill_of_a_connection,
            it_ends_with_the_process_that_started_it,
        }
    });
    orm_tests::suite::run(&all)
}
