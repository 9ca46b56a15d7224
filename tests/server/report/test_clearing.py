"""Who can have a browser delete everything of this origin."""

import pytest
from flask.testing import FlaskClient

CLEAR = "/api/v1/clear"


def test_the_own_page_has_the_browser_delete_its_cache_and_all_it_stores(
    sqlite_client: FlaskClient,
) -> None:
    response = sqlite_client.post(CLEAR, headers={"Sec-Fetch-Site": "same-origin"})
    assert (response.status_code, response.data) == (204, b"")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
def test_nobody_else_has_anything_deleted(sqlite_client: FlaskClient, site: str | None) -> None:
    headers = {"Sec-Fetch-Site": site} if site else {}
    response = sqlite_client.post(CLEAR, headers=headers)
    assert response.status_code == 204
    assert "Clear-Site-Data" not in response.headers


def test_an_address_that_is_only_visited_deletes_nothing(sqlite_client: FlaskClient) -> None:
    response = sqlite_client.get(CLEAR, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 405
    assert "Clear-Site-Data" not in response.headers
