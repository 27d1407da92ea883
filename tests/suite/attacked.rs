//! The list of tests that hold what attacks, reports about other libraries and new users have found.

use orm_tests::suite::Case;

use crate::{
    affinity, arguments, arity, by_hand, bytes, causes, conflicts, connecting, dropped, ended,
    expression_keys, handwritten, joins, kept_out, like, loose, made, moments, own_names,
    proposals, refused, replaced_types, savepoints, secrets, slots, streams, unseen, windows,
};

#[expect(clippy::too_many_lines, reason = "it is a list of tests")]
pub(crate) fn cases() -> Vec<Case> {
    orm_tests::cases! {
        arguments {
            a_look_up_sends_the_key_alone,
            literals_of_two_types_find_what_each_means,
            two_structs_of_one_table_share_a_connection,
            a_text_of_ones_own_takes_values_of_any_type,
            values_of_any_kind_become_those_of_the_column,
            each_statement_bears_any_other_before_it,
            a_count_is_of_the_rows_that_come_back,
        }
        arguments on postgres {
            without_room_for_statements_none_is_left_on_the_server,
        }
        own_names {
            tables_and_columns_may_be_called_as_the_statement_calls_its_own,
            any_word_of_the_renderer_can_be_a_name,
        }
        own_names on postgres { schemas_may_be_called_so_too }
        own_names on sqlite {
            a_name_that_sqlite_does_not_keep_is_refused,
            a_table_is_not_called_as_a_function_of_sqlite,
        }
        joins {
            whole_rows_stand_side_by_side,
            a_row_that_is_missing_is_none,
            a_table_joins_itself,
            rows_without_a_match_are_found,
            five_tables_are_joined,
            joined_rows_are_grouped,
            a_joined_query_is_counted_and_streamed,
            the_outer_joins_keep_the_rows_of_their_sides,
            a_query_stands_where_a_value_may,
            none_of_a_query_passes_over_its_nulls,
            sub_queries_nest_and_keep_their_rows_apart,
            changes_are_about_rows_of_a_query,
            values_are_bound_in_the_order_of_the_text,
            the_rows_of_one_table_are_locked,
            an_upsert_asks_other_tables,
        }
        joins on postgres { a_locked_table_leaves_the_others_to_others }
        windows {
            the_best_of_each_shop_is_numbered,
            a_balance_runs,
            rows_see_their_neighbors,
            windows_are_over_joined_rows_and_hold_values,
            rows_of_two_queries_are_put_together,
            the_rows_of_a_query_are_a_table,
            the_tree_below_a_node,
        }
        arity { sixteen_columns_go_everywhere }
        slots {
            rows_are_grouped_by_an_expression_with_values,
            the_first_of_those_alike_in_an_order_with_values,
            pages_in_an_order_with_values_go_both_ways,
            closures_are_bound_in_the_order_of_the_calls,
            lists_stand_in_closures,
        }
        expression_keys {
            one_of_each_day_and_the_last_wins,
            many_of_each_day_and_the_last_wins,
            what_the_expression_reads_is_updated,
            a_described_table_does_the_same,
        }
        replaced_types on postgres {
            sqlx_alone_fails_for_ever,
            outside_of_transactions_nobody_notices,
            a_statement_that_is_new_knows_the_number_too,
            a_mistake_is_a_mistake_the_second_time,
            a_transaction_of_ours_runs_again,
            on_a_connection_of_the_callers_it_is_transient,
            values_without_a_type_of_their_own_too,
            the_types_of_an_extension_too,
            a_function_that_keeps_a_type_costs_its_connection,
        }
        conflicts { get_or_insert_bears_deletes }
        conflicts on postgres {
            batches_by_two_keys_are_run_until_they_go_through,
            on_a_connection_of_the_callers_the_deadlock_is_given_back,
            new_rows_on_any_conflict_go_through_beside_a_key,
            a_transaction_bears_more_conflicts_than_ten,
            another_key_that_was_taken_first_is_no_violation,
            a_true_violation_comes_again,
        }
        kept_out {
            get_or_insert_says_that_the_row_was_kept_out,
            fetch_one_says_so_too,
        }
        kept_out on postgres {
            a_trigger_that_changes_the_key_keeps_the_row_out_of_sight,
            a_policy_that_hides_the_row_keeps_it_too,
        }
        kept_out on sqlite { what_a_constraint_ignores_is_not_counted }
        ended on sqlite {
            a_transaction_that_has_ended_is_an_error,
            an_end_that_was_swallowed_is_told_by_all_that_follows,
            every_statement_of_a_transaction_tells_it,
            a_batch_that_has_ended_leaves_nothing_open,
            a_transaction_of_sqlx_that_has_ended_cannot_be_committed,
            a_full_database_is_said_of_tables_too,
            what_sqlx_alone_has_left_is_mended,
            an_old_snapshot_is_no_busy_database,
        }
        dropped on sqlite {
            a_pool_of_sqlite_loses_nothing,
            a_connection_of_sqlite_loses_nothing,
            a_transaction_of_sqlite_loses_nothing,
        }
        dropped on postgres {
            a_pool_of_postgres_loses_nothing,
            a_connection_of_postgres_loses_nothing,
            a_transaction_of_postgres_loses_nothing,
        }
        dropped { our_transaction_loses_nothing }
        by_hand { what_is_dropped_takes_nothing_else_along, a_call_within_is_part_of_it }
        streams {
            a_stream_that_is_open_refuses_other_statements,
            statements_that_share_a_transaction_wait_for_each_other,
        }
        savepoints {
            ok_keeps_and_err_takes_back,
            they_are_nested_to_any_depth,
            an_error_swallowed_within_is_told_to_the_savepoint_alone,
            only_the_innermost_handle_runs_statements,
            one_that_is_dropped_takes_the_whole_along,
            pools_of_sqlx_have_them_too,
        }
        savepoints on postgres { a_conflict_within_runs_the_whole_again }
        savepoints on sqlite { what_sqlite_has_ended_is_told_at_every_level }
        secrets {
            messages_that_quote_values_are_withheld,
            names_are_still_told,
        }
        causes {
            a_value_out_of_range_is_data,
            a_table_that_is_missing_says_how_to_make_it,
        }
        causes on postgres {
            a_type_that_is_not_there_is_named,
            what_functions_raise_is_no_lost_connection,
            a_locked_row_is_not_slow,
        }
        connecting {
            a_closed_pool_says_so,
            a_pool_that_is_in_use_says_how_large_it_is,
        }
        connecting on sqlite {
            what_is_in_the_way_of_a_file_is_told,
            no_mistake_in_an_address_tells_the_password,
            a_refused_connection_is_told_soon,
            an_unknown_host_is_named,
            a_socket_that_is_not_there_is_named,
            a_pool_whose_server_is_gone_names_it,
        }
        connecting on postgres {
            tls_that_is_not_built_in_names_its_features,
            a_database_that_is_not_there_is_named,
            who_is_not_let_in_is_told_why,
            both_forms_of_an_address_are_read,
        }
        unseen on sqlite { builders_print_no_value }
        like {
            patterns_with_an_escape_are_like_the_model,
            a_text_of_a_user_fits_itself_alone,
            patterns_are_bound_wherever_values_are,
        }
        proposals { what_is_proposed_runs_and_cures }
        proposals on sqlite { a_foreign_key_to_no_key_is_told_and_cured }
        refused {
            a_foreign_key_to_no_key_is_refused,
            a_foreign_key_to_the_table_itself_needs_a_key,
            defaults_that_are_no_values_are_refused,
            what_a_declaration_leaves_open_is_not_made,
            a_type_that_gives_no_such_value_back_is_told,
        }
        refused on postgres {
            a_trigger_may_supply_what_has_no_default,
            a_type_that_is_not_there_is_told,
        }
        refused on sqlite {
            a_default_that_calls_no_function_is_refused,
            clauses_of_the_schema_are_told,
        }
        made { an_index_is_not_passed_over_for_its_name, the_present_is_no_number }
        loose { what_knows_no_case_is_told_and_declared }
        moments on postgres {
            the_default_of_now_is_utc_in_every_zone,
            a_described_default_of_now_is_utc,
            what_a_type_cannot_hold_is_an_error,
            every_terminal_tells_what_cannot_be_read,
            what_postgres_cannot_hold_is_not_sent,
        }
        moments on sqlite {
            years_without_their_place_are_refused,
            years_of_four_places_are_in_their_order,
            seconds_that_are_too_many_are_no_time,
        }
        affinity on sqlite {
            a_fraction_of_nothing_is_read_again,
            what_would_be_read_as_another_value_is_an_error,
        }
        bytes { numbers_of_one_byte_keep_their_order }
        handwritten {
            a_struct_is_read_by_the_names_of_columns,
            a_name_that_is_missing_or_there_twice_is_told,
            names_of_two_tables_are_told_apart,
        }
    }
}
