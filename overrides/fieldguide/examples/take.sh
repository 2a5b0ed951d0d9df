# What there is, and how old it is
curl --fail --silent {{ site }}api/v1/index.json

# One model with all its evidence
curl --fail --silent --output olmo-2.json {{ site }}api/v1/models/olmo-2.json

# All models as a table
curl --fail --silent --output models.csv {{ site }}data/models.csv
