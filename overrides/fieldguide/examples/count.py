import json
from urllib.request import urlopen

import pandas as pd

SITE = "{{ site }}"

models = pd.read_csv(f"{SITE}data/models.csv")
came = models[models["part_training_data"] == "released"]
print(f"{len(came)} of {len(models)} models came with their training data.")

with urlopen(f"{SITE}api/v1/verdicts.json") as answer:
    verdicts = pd.DataFrame(json.load(answer)["items"])
print(verdicts.groupby(["definition", "outcome"]).size().unstack(fill_value=0))
