from masarat.models.cohorts import Cohort, average

OLD = Cohort("", 1, 3, {0: 10, 1: 2, 3: 1}, {0: 100.0, 1: 150.0, 3: 10.0})
NEW = Cohort("", 2, 1, {0: 30, 1: 3, 2: 9}, {0: 0.0})


def test_cells_count_once_their_period_is_over():
    assert [cell.rate for cell in OLD.cells(3, whole=3)] == [1, 0.2, 0, None]
    assert [cell.came for cell in OLD.cells(3, whole=3)] == [10, 2, 0, 1]
    assert [cell.came for cell in OLD.cells(3, whole=4, or_later=True)] == [10, 3, 1, 1]
    assert [cell.rate for cell in OLD.cells(1, whole=4, in_money=True)] == [1, 1.5]
    assert [cell.rate for cell in NEW.cells(1, whole=4, in_money=True)] == [
        None,
        None,
    ]  # nothing to begin with


def test_averages_are_weighted_and_leave_out_what_is_not_over():
    cells = OLD.cells(3, whole=3) + NEW.cells(2, whole=3)
    assert average(cells, 1) == 5 / 40
    assert average(cells, 2) == 0
    assert average(cells, 3) is None
